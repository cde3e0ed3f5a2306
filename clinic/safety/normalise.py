"""Reading a text as a person would: one spelling for each word, however it was typed or disguised.

`skeleton` folds a word to a plain form (case, accents, look-alike letters, zero-width characters,
apostrophes, repeated letters). `readings` cuts a text into such words, keeps where each stood in the
original, and returns the words as typed and, where it differs, the words as they were probably meant.
Every step takes time in proportion to the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from clinic.safety.lookalikes import CAPITALS, LETTERS, WHOLE_WORDS

# What ends a word: white space, punctuation and pictures. Everything else belongs to the word, zero-width
# characters and combining marks included, so that they cannot cut a word in two.
_SEPARATOR: Final = (
    r"\s\"#%&()\[\]{}<>=,.\-/:;?\\^_~"
    "\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u060c\u061b\u061f\u06d4\u0964\u0965\u2800"
    "\u2010-\u2017\u201a\u201c-\u201f\u2020-\u2027\u2030\u2031\u2033\u2034\u2036-\u205e\u2190-\u23ff"
    "\u2500-\u27bf\u2b00-\u2bff\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff0e\uff1a"
    "\uff1b\uff1f\U0001f000-\U0001f10f\U0001f18a-\U0001f1e5\U0001f200-\U0001faff"
    f"{WHOLE_WORDS}"
)
_STAND_IN: Final = "!|$@*+€£"
_LETTER: Final = f"[^{_SEPARATOR}{re.escape(_STAND_IN)}]"
# Bounded repetition of the signs keeps a long row of them from being read again and again.
_WORD: Final = re.compile(f"[$@]{{0,2}}{_LETTER}+(?:[{re.escape(_STAND_IN)}]{{1,6}}{_LETTER}+)*")
_PIECE: Final = re.compile(f"{_LETTER}+")

_FULL_STOP: Final = re.compile(r"[?!؟۔।॥！？。．]|(?<![.…])\.(?![.…])|\n\s*\n")
_PAUSE: Final = re.compile(r"[^\s_'\-/&#\"“”]|\n|\s-|-\s")

# Combining marks, zero-width and control characters, and the modifier letters that Uzbek uses as apostrophes.
_DROPPED: Final = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Co", "Cn", "Lm"})
_NOT_KEPT: Final = re.compile(r"[\W_]+")
_REPEATED: Final = re.compile(r"([^\W\d_])\1+")

# What is done with single characters before any of them is taken apart: nothing grows by more than a few letters.
_FIRST: Final[dict[int, str | None]] = {**CAPITALS, **dict.fromkeys(map(ord, WHOLE_WORDS))}

# Stands in a reading where a sentence ends.
FULL_STOP: Final = ""


def unmasked(word: str) -> str:
    """The word in lower case, without accents, with look-alike letters folded; signs and digits stay."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word.translate(_FIRST)).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if unicodedata.category(c) not in _DROPPED).translate(LETTERS)


def skeleton(word: str) -> str:
    """The plain form of one word: "Can’t" gives "cant", "kiiill" gives "kil"; may be empty.

    Rules pass through it as well, so both sides lose the same detail and still meet.
    """
    return _REPEATED.sub(r"\1", _NOT_KEPT.sub("", unmasked(word)))


# A word, and where it begins and ends within its run of characters.
Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a row of words. `spans` holds where each stood in the original, in characters.

    `soft[i]` is 1 where a pause (comma, line break, dash) stands before word i. A sentence's end is a word
    of its own, FULL_STOP.
    """

    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    soft: bytearray = field(default_factory=bytearray)

    def add(self, word: str, start: int, end: int, soft: int) -> None:
        """Append one word with its place."""
        self.words.append(word)
        self.spans.append((start, end))
        self.soft.append(soft)

    def add_run(self, pieces: tuple[Piece, ...], *, start: int, stop: bool, soft: int) -> None:
        """Append the words of one run; only its first word has the stop or the pause before it."""
        if stop:
            self.add(FULL_STOP, start, start, 0)
        for word, from_, to in pieces:
            self.add(word, start + from_, start + to, soft)
            soft = 0

    def quote(self, text: str, first: int, last: int) -> str:
        """The original characters from word `first` to word `last`, both included."""
        return text[self.spans[first][0] : self.spans[last][1]]


class Speller(Protocol):
    """Knows which words the rules use, and so what a disguised word may have been."""

    def respell(self, raw: str) -> tuple[str, ...] | None:
        """The words that `raw` stands for, or None where it is read as typed."""

    def rejoin(self, reading: Reading) -> Reading | None:
        """The reading with words that were cut in pieces put together, or None where nothing was."""


def _pieces(raw: str) -> tuple[Piece, ...]:
    """The words in a run of characters without a space, as typed: a sign between letters ends a word."""
    found: list[Piece] = []
    for match in _PIECE.finditer(raw):
        if found and "!" in raw[found[-1][2] : match.start()]:
            found.append((FULL_STOP, match.start(), match.start()))
        word = skeleton(match[0])
        if word:
            found.append((word, match.start(), match.end()))
    return tuple(found)


def _stops(gap: str) -> tuple[bool, int]:
    """Whether the characters between two words end a sentence, and whether they make a pause (1 or 0)."""
    if gap == " " or not gap:
        return False, 0
    return bool(_FULL_STOP.search(gap)), int(bool(_PAUSE.search(gap)))


def _runs(text: str) -> Iterator[tuple[int, str, bool, int]]:
    """Each run of characters without a separator: where it starts, itself, and the stop and pause before."""
    previous = 0
    known: dict[str, tuple[bool, int]] = {}
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[previous:start]
        stops = known.get(gap)
        if stops is None:
            stops = known[gap] = _stops(gap)
        yield start, match[0], *stops
        previous = end


def readings(text: str, *, speller: Speller) -> tuple[Reading, ...]:
    """The text as typed and, where it differs, as it was probably meant. Places are character offsets."""
    typed, meant = Reading(), Reading()
    seen: dict[str, tuple[tuple[Piece, ...], tuple[Piece, ...]]] = {}
    differs = stop_pending = False
    for start, raw, stop, soft in _runs(text):
        pair = seen.get(raw)
        if pair is None:
            as_typed, respelt = _pieces(raw), speller.respell(raw)
            as_meant = as_typed if respelt is None else tuple((word, 0, len(raw)) for word in respelt)
            pair = seen[raw] = (as_typed, as_meant)
        differs = differs or pair[0] is not pair[1]
        # A run of invisible characters is no word: the end of a sentence before it belongs to the next run.
        stop_pending = stop_pending or stop
        if pair[0]:
            for reading, words in zip((typed, meant), pair, strict=True):
                reading.add_run(words, start=start, stop=stop_pending, soft=soft)
            stop_pending = False
    joined = speller.rejoin(meant)
    if joined is not None:
        return typed, joined
    return (typed, meant) if differs else (typed,)
