"""A text as numbers that its disguises do not change.

The letters of a text are folded (case, accents, look-alike letters, digits for letters), written without spaces,
signs and repeats, and cut into words anew. Pieces of two to five letters of each word, the words, and two or three
words in a row are each hashed to a column. Spaces, zero-width characters, apostrophes, repeats and leetspeak are gone
before anything is counted, so they cannot change a score.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from clinic.safety.lookalikes import STAND_INS
from clinic.safety.normalise import unmasked

BITS: Final = 17
COLUMNS: Final = 1 << BITS
SIZES: Final = range(2, 6)
LONGEST: Final = 24_000
"""Letters read of one text, half from its beginning and half from its end. The rules read all of it."""

_MOST_READ: Final = 100_000
"""Characters looked at from each end, so that a text of megabytes costs no more than one of this size."""

_DIGITS: Final = str.maketrans({sign: STAND_INS[sign][0] for sign in "0134578"})
_SIGN: Final = re.compile(r"[$@](?=\w)|(?<=\w)[!|$@+€£](?=\w)")
"""A sign stands for a letter inside a word only; at its end it is punctuation."""
_MULTIPLIER: Final = np.uint32(2_654_435_761)
_STEP: Final = np.uint32(16_777_619)
_SHIFT: Final = np.uint32(32 - BITS)
_EDGE: Final = " "

Columns = NDArray[np.uint32]


def letters_of(text: str) -> str:
    """The letters of a text in the order of writing, folded, without spaces, signs and repeats."""
    if len(text) > 2 * _MOST_READ:
        text = f"{text[:_MOST_READ]}{text[-_MOST_READ:]}"
    shown = _SIGN.sub(lambda sign: STAND_INS[sign[0]][0], unmasked(text))
    folded = "".join(filter(str.isalnum, shown.translate(_DIGITS)))
    letters = "".join(
        letter for letter, before in zip(folded, f" {folded}", strict=False) if letter != before
    )
    return letters if len(letters) <= LONGEST else letters[: LONGEST // 2] + letters[-LONGEST // 2 :]


def columns_of(words: list[str]) -> Columns:
    """The columns (sorted, each once) of every piece of these words: shape (n,), values below COLUMNS."""
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    rows = [*words, *pairs, *(f"{one} {two}" for one, two in zip(pairs, words[2:], strict=False))]
    of_words = np.array([crc32(row.encode()) for row in rows], dtype=np.uint32)
    return np.unique(np.concatenate([(of_words * _MULTIPLIER) >> _SHIFT, *_pieces(words)]))


def _pieces(words: list[str]) -> list[Columns]:
    """The columns of pieces of letters inside words, where an edge of a word counts as a letter."""
    row = f"{_EDGE}{_EDGE.join(words)}{_EDGE}"
    codes = np.frombuffer(row.encode("utf-32-le"), dtype=np.uint32)
    is_edge = codes == ord(_EDGE)
    before = np.cumsum(is_edge) - is_edge
    hashed, found = codes.copy(), []
    for size in range(2, SIZES.stop):
        if len(codes) < size:
            break
        hashed = hashed[:-1] * _STEP + codes[size - 1 :]
        inside = before[size - 1 :] - before[: len(hashed)] - is_edge[: len(hashed)] <= 0
        found.append((((hashed ^ np.uint32(size)) * _MULTIPLIER) >> _SHIFT)[inside])
    return found
