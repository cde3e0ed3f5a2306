"""The private alphabet: one character for each word of the rules, so that texts and phrases meet as letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from clinic.safety.lexicon import Lexicon
from clinic.safety.normalise import FULL_STOP, Reading
from clinic.safety.phrases import Choice, Edge, Gap, Phrase, Word

# Words get characters of one block each (no text is ever mixed with them; below 65536, as expressions are slow beyond);
# these two stand for a sentence's end and for any other word.
_FIRST: Final = 0x3400
_LAST: Final = 0xD7FF
_AFTER_ANY_LETTER: Final = chr(0x10FFFF)
STOP: Final = "."
OTHER: Final = "-"


class Expression:
    """A compiled phrase. Each of `needs` is a set of characters of which a text must have at least one.

    The pattern is compiled when a text first has them all: most phrases are never asked for.
    """

    __slots__ = ("_pattern", "needs", "source")

    def __init__(self, source: str, needs: tuple[frozenset[str], ...]) -> None:
        """`needs` stand rarest first, so that a text without them is left soonest."""
        self.source, self.needs = source, needs
        self._pattern: re.Pattern[str] | None = None

    @property
    def anchor(self) -> frozenset[str]:
        """The rarest of the needs."""
        return self.needs[0]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression over the private characters."""
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        return self._pattern

    def may_match(self, present: frozenset[str]) -> bool:
        """Whether a text with these characters has what every match must touch."""
        for letters in self.needs:  # noqa: SIM110 - a generator costs more than what it asks
            if letters.isdisjoint(present):
                return False
        return True


class Alphabet:
    """Gives each word and stem its character, writes readings with them and compiles phrases to them."""

    def __init__(self, words: Iterable[Word], *, negations: Iterable[str], common: Iterable[str]) -> None:
        """`negations` are never jumped over by a gap; `common` words make poor anchors (all skeletons)."""
        negations, common = list(negations), list(common)
        listed = map(Word, [*negations, *common])
        ordered = sorted({*words, *listed}, key=lambda word: (word.text, word.is_stem))
        if len(ordered) > _LAST - _FIRST:
            raise ValueError("more rule words than private characters")
        self._letters = {word: chr(_FIRST + place) for place, word in enumerate(ordered)}
        self._ordered = [word.text for word in ordered]
        self.lexicon = Lexicon(
            words=(word.text for word in ordered if not word.is_stem),
            stems=(word.text for word in ordered if word.is_stem),
        )
        self._common = frozenset(self._letter_of(word) for word in common)
        barred = STOP + "".join(sorted(self._letter_of(word) for word in negations))
        self._any_word = f"[^{re.escape(barred)}]"

    def _letter_of(self, word: str) -> str:
        letter = self._letters.get(Word(word))
        if letter is None:
            stem = self.lexicon.stem_of(word)
            letter = OTHER if stem is None else self._letters[Word(stem, is_stem=True)]
        return letter

    def write(self, reading: Reading) -> str:
        """The reading with one character for each of its words."""
        letters = {FULL_STOP: STOP}
        for word in set(reading.words):
            if word:
                letters[word] = self._letter_of(word)
        return "".join([letters[word] for word in reading.words])

    def compile(self, phrase: Phrase, *, barred: Iterable[str] = ()) -> Expression:
        """The phrase as an expression over the private characters.

        Its gaps jump over none of the `barred` skeletons either.
        """
        letters = "".join(sorted({self._letter_of(word) for word in barred} - {OTHER}))
        row = self._row(phrase).replace(self._any_word, f"{self._any_word[:-1]}{letters}]")
        return Expression(row, tuple(sorted(self._all_needed(phrase), key=self._rarity)))

    def _row(self, phrase: Phrase) -> str:
        return "".join(self._node(node) for node in phrase)

    def _node(self, node: Word | Gap | Edge | Choice) -> str:
        if isinstance(node, Word):
            return self._one_of(self._all_letters(node))
        if isinstance(node, Gap):
            return f"{self._any_word}{{0,{node.most}}}?"
        if isinstance(node, Edge):
            return rf"(?<![^{STOP}])" if node.is_start else rf"(?![^{STOP}])"
        return self._choice(node.options) + ("?" if node.is_optional else "")

    def _choice(self, options: Sequence[Phrase]) -> str:
        single = [option[0] for option in options if len(option) == 1 and isinstance(option[0], Word)]
        letters = frozenset[str]().union(*(self._all_letters(word) for word in single))
        longer = [
            self._row(option) for option in options if len(option) > 1 or not isinstance(option[0], Word)
        ]
        return f"(?:{'|'.join([*longer, *([self._one_of(letters)] if letters else [])])})"

    def _one_of(self, letters: frozenset[str]) -> str:
        return f"[{''.join(sorted(letters))}]"

    def _all_letters(self, word: Word) -> frozenset[str]:
        """The characters of every word that the node stands for; words in order have characters in order."""
        if not word.is_stem:
            return frozenset({self._letters[word]})
        first = bisect_left(self._ordered, word.text)
        last = bisect_left(self._ordered, word.text + _AFTER_ANY_LETTER)
        return frozenset(map(chr, range(_FIRST + first, _FIRST + last)))

    def _anchor(self, phrase: Phrase) -> frozenset[str]:
        """The rarest set of characters that any match must touch: few common words first, then few words."""
        return min(self._all_needed(phrase), key=self._rarity, default=frozenset())

    def _all_needed(self, phrase: Phrase) -> list[frozenset[str]]:
        """The sets of characters of each of which any match touches at least one."""
        return list(filter(None, map(self._needed, phrase)))

    def _rarity(self, letters: frozenset[str]) -> tuple[int, int]:
        return len(letters & self._common), len(letters)

    def _needed(self, node: Word | Gap | Edge | Choice) -> frozenset[str]:
        if isinstance(node, Word):
            return self._all_letters(node)
        if isinstance(node, Choice) and not node.is_optional:
            anchors = [self._anchor(option) for option in node.options]
            return frozenset[str]().union(*anchors) if all(anchors) else frozenset()
        return frozenset()
