"""Letters without spaces, cut into words again: the same row of letters is always cut alike.

Spaces between letters and words run together are the commonest disguise. So the spaces of a text are thrown away and
the words are found anew: of all ways to cut the letters, the one whose words are likeliest (Viterbi over word
frequencies). Letters that belong to no known word stay together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

LONGEST_WORD = 16
_UNKNOWN_LETTER = 12.0
"""The price of a letter outside every known word, as -log of its chance: dearer than any common word."""
_SHARED_LETTER = 2.5
"""The price of two words that share a letter, as repeats are folded: "but the" is "buthe"."""
_DEAR = 1e9


class Cutter:
    """Cuts rows of letters into the words whose frequencies it was given."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        total = sum(counts.values())
        self._prices = {word: -math.log(count / total) for word, count in counts.items()}
        self._longest = min(max(map(len, self._prices), default=1), LONGEST_WORD)

    def cut(self, letters: str) -> list[str]:
        """The words in order. Time grows with the length of the letters only."""
        best = [0.0] + [_DEAR] * len(letters)
        begins = [(0, 0)] * (len(letters) + 1)
        for end in range(1, len(letters) + 1):
            for price, start, after in self._ways(letters, end, best):
                if price < best[end]:
                    best[end], begins[end] = price, (start, after)
        return _joined(_walked_back(letters, begins))

    def _ways(self, letters: str, end: int, best: list[float]) -> Iterator[tuple[float, int, int]]:
        """Each last word up to `end`: what the row costs, where the word starts, and where the one before ends."""
        yield best[end - 1] + _UNKNOWN_LETTER, end - 1, end - 1
        for start in range(max(0, end - self._longest), end):
            price = self._prices.get(letters[start:end])
            if price is not None:
                yield best[start] + price, start, start
                if start + 1 < end:
                    yield best[start + 1] + price + _SHARED_LETTER, start, start + 1


def _walked_back(letters: str, begins: list[tuple[int, int]]) -> list[str]:
    words, end = [], len(letters)
    while end:
        start, after = begins[end]
        words.append(letters[start:end])
        end = after
    return words[::-1]


def _joined(words: list[str]) -> list[str]:
    """Single letters in a row are one unknown word; "a", "i" and "u" are words."""
    joined: list[str] = []
    is_open = False
    for word in words:
        lone = len(word) == 1 and word not in "aiu"
        if lone and is_open:
            joined[-1] += word
        else:
            joined.append(word)
        is_open = lone
    return joined
