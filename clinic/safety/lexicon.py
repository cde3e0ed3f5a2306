"""The words that the rules use, and how a row of letters without spaces is cut into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Final, NamedTuple

# Words of one letter that may stand inside words written together; any other single letter is unknown.
_LONE: Final = frozenset("aiu")
_UNREACHED: Final = 1 << 60
_KNOWN_PRICE: Final = 2
_UNKNOWN_PRICE: Final = 9
# Words that share a letter ("wantodie", as repeated letters are folded) cost a little more.
_SHARED_PRICE: Final = 1
STEM_FROM: Final = 4
LONG_ENOUGH: Final = 3


class Part(NamedTuple):
    """A stretch of letters, from `start` up to `end`, and whether it is a word of the rules."""

    start: int
    end: int
    known: bool


class Lexicon:
    """The skeletons of every word that a rule uses, and of their stems ("suicid" for "suicid*")."""

    def __init__(self, *, words: Iterable[str], stems: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.stems = frozenset(stems)
        self._longest_stem = max(map(len, self.stems), default=0)
        self.beginnings = frozenset(
            word[:length] for word in self.words | self.stems for length in range(1, len(word) + 1)
        )

    def knows(self, word: str) -> bool:
        """Whether a rule may use the word, as itself or by its stem; a stem is followed by letters only."""
        return word in self.words or (word.isalpha() and self.stem_of(word) is not None)

    def stem_of(self, word: str) -> str | None:
        """The longest stem that the word begins with."""
        for length in range(min(len(word), self._longest_stem), STEM_FROM - 1, -1):
            if word[:length] in self.stems:
                return word[:length]
        return None

    def cut(self, letters: str, *, short: Set[str]) -> tuple[str, ...] | None:
        """The letters as rule words and nothing else, in as few as possible, or None.

        Words of fewer than three letters count only when they are among `short`.
        """
        best: dict[int, tuple[str, ...]] = {0: ()}
        for place in range(len(letters)):
            so_far = best.pop(place, None)
            for part, _price in self._steps(letters, place) if so_far is not None else ():
                word = letters[part.start : part.end]
                if part.known and (len(word) >= LONG_ENOUGH or word in short):
                    known = best.get(part.end)
                    best[part.end] = _fewer((*(so_far or ()), word), known)
            if not best:
                return None
        return best.get(len(letters))

    def segment(self, letters: str) -> list[Part]:
        """Cut letters into rule words and unknown single letters: fewest words, unknown letters last.

        Time grows with the length only, as no piece is longer than the longest rule word.
        """
        cost = [0] + [_UNREACHED] * len(letters)
        came_from = [(0, Part(0, 0, False))] * (len(letters) + 1)
        for place in range(len(letters)):
            for part, price in self._steps(letters, place):
                if cost[place] + price < cost[part.end]:
                    cost[part.end] = cost[place] + price
                    came_from[part.end] = (place, part)
        return _walk_back(came_from)

    def _steps(self, letters: str, place: int) -> Iterator[tuple[Part, int]]:
        lone = letters[place] in _LONE and letters[place] in self.words
        yield Part(place, place + 1, lone), _KNOWN_PRICE if lone else _UNKNOWN_PRICE
        for end in self._ends(letters, place):
            yield Part(place, end, True), _KNOWN_PRICE
        if place:
            for end in self._ends(letters, place - 1):
                if end > place:
                    yield Part(place - 1, end, True), _KNOWN_PRICE + _SHARED_PRICE

    def _ends(self, letters: str, start: int) -> Iterator[int]:
        for end in range(start + 2, len(letters) + 1):
            piece = letters[start:end]
            if piece not in self.beginnings:
                return
            if piece in self.words:
                yield end


def _fewer(words: tuple[str, ...], known: tuple[str, ...] | None) -> tuple[str, ...]:
    """The row of fewer words; of rows as short as each other the one with more letters."""
    if known is None:
        return words
    return min(words, known, key=lambda row: (len(row), -sum(map(len, row))))


def _walk_back(came_from: list[tuple[int, Part]]) -> list[Part]:
    """The cheapest parts, in order."""
    parts: list[Part] = []
    place = len(came_from) - 1
    while place > 0:
        place, part = came_from[place]
        parts.append(part)
    return parts[::-1]
