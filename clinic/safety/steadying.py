"""What is done with a text before anything reads it, so that no text is slow or lost. Places of characters stay.

Nothing here changes what a person would read: marks piled on a letter, and signs that part every word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST: Final = 100_000
"""Characters read from each end of a text. What is stored is shorter by far; forms that are refused may not be."""
_MOST_MARKS: Final = 4
"""Combining marks in a row that a letter may carry: putting more of them in order takes time that grows as a square."""
_NOTHING: Final = "\u200b"
_STOP: Final = re.compile(r"[.?!…]+|\n")
_STOPS: Final = str.maketrans(dict.fromkeys(".?!…\n", " "))
_WORDS_OF_A_SENTENCE: Final = 2
_FEW: Final = 3


def steadied(text: str) -> str:
    """The text without its middle where it is very long, and without the marks that no letter carries."""
    if len(text) > 2 * MOST:
        text = f"{text[:MOST]}\n{text[-MOST:]}"
    if text.isascii():
        return text
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        kept.append(letter if marks <= _MOST_MARKS else _NOTHING)
    return "".join(kept)


def without_stops(text: str) -> str | None:
    """The text with blanks for the signs between its words, where hardly a sentence has more words than one; else None.

    "I. want. to. die" is one sentence to whoever reads it. Such noise is of one kind of sign; the last may be another.
    """
    stops = _STOP.findall(text)
    is_noise = len(stops) >= _FEW and len(set(stops[:-1])) == 1
    if not is_noise or len(re.findall(r"\w+", text)) > _WORDS_OF_A_SENTENCE * (len(stops) + 1):
        return None
    return text.translate(_STOPS)
