"""What a disguised or misspelt word may have been, judged by the words that the rules use.

Digits and signs for letters ("k1ll"), blotted letters ("s*icide"), one wrong letter in a long word and
words written together ("killmyself"). Words that stand in pieces are put together in `apart`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from clinic.safety.apart import rejoin
from clinic.safety.lexicon import Lexicon
from clinic.safety.lookalikes import BLOT, CAPITAL_I, STAND_INS
from clinic.safety.normalise import Reading, skeleton, unmasked

# One wrong letter is forgiven from this length on; in shorter words it makes another word ("hunt", "hurt").
FUZZY_FROM: Final = 5
# Words written together are cut when they have so many letters; a longer row of letters is no sentence.
GLUED_FROM: Final = 6
GLUED_TO: Final = 400
# Characters of one word that may be disguised; each is tried against all words of the rules.
LONGEST_DISGUISED: Final = 200
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
# Between letters these cut a word in two when it is read as typed.
_SIGNS: Final = frozenset(sign for sign in (*STAND_INS, BLOT) if not sign.isdigit())


class RuleSpeller:
    """Reads disguised words as words of the rules.

    `strong` are the words in which one wrong letter is forgiven and whose halves are put together, `whole`
    everyday words that are read as typed. Words written together are cut where a `telling` word is among
    them; of the words of one or two letters only the `short` ones count then. All are skeletons.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        strong: Iterable[str],
        telling: Iterable[str],
        short: Iterable[str],
        whole: Iterable[str],
    ) -> None:
        self._lexicon = lexicon
        self._strong = frozenset(strong)
        self._telling = frozenset(telling)
        self._short = frozenset(short)
        self._whole = frozenset(whole)
        self._near = _one_letter_missing(self._strong)
        self._near_firsts = frozenset(word[0] for word in self._strong)
        self._near_lengths = frozenset(
            len(word) + off for word in self._strong for off in (-1, 0, 1)
        ) - frozenset(range(FUZZY_FROM))

    def respell(self, raw: str) -> tuple[str, ...] | None:
        """The words of the rules that `raw` may stand for, or None where it is read as typed."""
        word = skeleton(raw)
        if word in self._whole or (_SIGNS.isdisjoint(raw) and self._lexicon.knows(word)):
            return None
        if any(letter.isalpha() for letter in word) and not (raw.isalpha() and CAPITAL_I.isdisjoint(raw[1:])):
            disguised = self._undisguise(raw)
            if disguised is not None:
                return (disguised,)
            word = skeleton("".join(STAND_INS.get(letter, letter)[0] for letter in unmasked(raw)))
        near = self._nearest(word)
        return (near,) if near else self._cut(word)

    def rejoin(self, reading: Reading) -> Reading | None:
        """The reading with words that stand in pieces put together, or None where there were none."""
        return rejoin(reading, lexicon=self._lexicon, strong=self._strong)

    def _undisguise(self, raw: str) -> str | None:
        """Try what each digit, sign or blot may stand for, as long as some rule word begins so."""
        if len(raw) > LONGEST_DISGUISED:
            return None
        found = {""}
        for letter in raw:
            options = _options(letter)
            if options:
                found = {part if part.endswith(one) else part + one for part in found for one in options}
                found &= self._lexicon.beginnings
            if not found:
                return None
        words = found & self._lexicon.words
        return min(words & self._telling or words & self._strong or words, default=None)

    def _nearest(self, word: str) -> str | None:
        """The strong word from which `word` differs by one letter, or by two that changed places."""
        if len(word) not in self._near_lengths or word[0] not in self._near_firsts:
            return None
        for place in range(1, len(word) + 1):
            near = self._near.get(word[:place] + word[place + 1 :])
            if near is not None and near[0] == word[0]:
                return near
        return None

    def _cut(self, word: str) -> tuple[str, ...] | None:
        """Words that were written together, a telling one among them, or None."""
        if not GLUED_FROM <= len(word) <= GLUED_TO:
            return None
        parts = self._lexicon.cut(word, short=self._short)
        return None if parts is None or self._telling.isdisjoint(parts) else parts


def _options(letter: str) -> str:
    """The letters that a character may stand for, or none where it is a mark between letters."""
    if letter == BLOT:
        return _ALPHABET
    if letter in CAPITAL_I:
        return "il"
    plain = skeleton(letter)
    return STAND_INS.get(letter, STAND_INS.get(plain, plain))


def _one_letter_missing(words: Iterable[str]) -> Mapping[str, str]:
    """Each word, and each word with one letter left out, with the word that it came from."""
    near: dict[str, str] = {}
    for word in sorted(words):
        for place in range(1, len(word) + 1):
            near.setdefault(word[:place] + word[place + 1 :], word)
    return near
