"""The parts of a text that are judged by themselves, so that what is harmless around words cannot drown them.

Parts are two neighbouring sentences each; a sentence without an end is cut into stretches that overlap. Offsets are
those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

MOST: Final = 120
"""Sentences that are looked at from each end of a long text; the rules read all of it."""
_LEAST_WORDS: Final = 3
"""A sentence of fewer words is read with the one beside it."""
_LONGEST: Final = 20
_STRETCH: Final = 16
"""Words in one stretch of a sentence that is longer than _LONGEST; stretches overlap by half."""
_END: Final = re.compile(r"(?<![.!?…。])[.!?…。]+(?=\s|$)|\n")
_WORD: Final = re.compile(r"\S+")

Part = tuple[int, int]


def sentences_of(text: str) -> list[Part]:
    """The sentences of a text, short ones joined to the next, long ones cut; at most twice MOST of them."""
    found: list[Part] = []
    pieces = [(start, end) for start, end in _between_ends(text) if end > start]
    bounded = pieces if len(pieces) <= 2 * MOST else [*pieces[:MOST], *pieces[-MOST:]]
    for start, end in bounded:
        if found and _count(text, found[-1]) < _LEAST_WORDS and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [part for sentence in found for part in _cut(text, sentence)]


def parts_of(text: str) -> list[Part]:
    """Each two neighbouring sentences; [] where the text is no longer than that."""
    sentences = sentences_of(text)
    if len(sentences) <= 2:
        return []
    return [(one[0], two[1]) for one, two in pairwise(sentences)]


def without(text: str, places: Iterable[Part]) -> str:
    """The text without the sentences that hold these places; "" where fewer words are left than say anything."""
    kept, at = [], 0
    gone = {
        sentence
        for sentence in _between_ends(text)
        for start, end in places
        if sentence[0] < end and start < sentence[1]
    }
    if not gone:
        return text
    for start, end in sorted(gone):
        kept.append(text[at:start])
        at = end
    rest = "".join([*kept, text[at:]])
    return rest if len(rest.split()) >= _LEAST_WORDS else ""


def _between_ends(text: str) -> list[Part]:
    return list(pairwise([0, *(end.end() for end in _END.finditer(text)), len(text)]))


def _count(text: str, part: Part) -> int:
    return len(text[slice(*part)].split())


def _cut(text: str, sentence: Part) -> list[Part]:
    words = [found.span() for found in _WORD.finditer(text, *sentence)]
    if len(words) <= _LONGEST:
        return [sentence] if words else []
    steps = range(0, min(len(words), MOST * _STRETCH), _STRETCH // 2)
    return [(words[at][0], words[min(at + _STRETCH // 2, len(words)) - 1][1]) for at in steps]
