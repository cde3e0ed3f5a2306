"""The language in which rules and guards are written, and its translation into regular expressions.

A phrase is a row of words. `word*` is a stem, `(a|b c)` a choice, `[a|b]` a choice that may be left out,
`<name>` a named set of words, `{3}` up to three words of any kind within the sentence (never a negation),
`^` and `$` the beginning and the end of a sentence.

Each word of the rules becomes one private character, so a phrase becomes a short expression over words
with bounded repetition only: no text can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clinic.safety.lexicon import STEM_FROM
from clinic.safety.normalise import skeleton

MOST_GAP: Final = 12
# What a text is cut at cannot stand inside a word of a rule: it would never be met.
_NO_WORD: Final = re.compile(r"[-*.,;:/!?&]")
_TOKEN: Final = re.compile(r"[()\[\]|^$]|\{\d{1,2}\}|<[a-z_]+>|[^\s()\[\]|{}<>^$]+")


class PhraseError(ValueError):
    """A phrase cannot be read; the message quotes it and says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as its skeleton; a stem stands for every word that begins so."""

    text: str
    is_stem: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of a sentence."""

    is_start: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several phrases; an optional choice may be left out."""

    options: tuple[Phrase, ...]
    is_optional: bool


Node = Word | Gap | Edge | Choice
Phrase = tuple[Node, ...]


Sets = Mapping[str, Choice]


def parse(phrase: str, sets: Sets) -> Phrase:
    """Read one phrase; raises PhraseError where it is malformed or names an unknown set."""
    return _Parser(phrase, sets).whole()


def parse_sets(written: Mapping[str, Sequence[str]]) -> Sets:
    """Read the named sets; a set may use those that stand above it."""
    sets: dict[str, Choice] = {}
    for name, phrases in written.items():
        sets[name] = Choice(tuple(parse(phrase, sets) for phrase in phrases), False)
    return sets


class _Parser:
    def __init__(self, phrase: str, sets: Sets) -> None:
        self._source = " ".join(phrase.split())
        self._tokens = _TOKEN.findall(phrase)
        if "".join(self._tokens) != "".join(phrase.split()):
            raise self._error("it holds a sign that means nothing here")
        self._sets = sets

    def whole(self) -> Phrase:
        nodes = self._row(closing="")
        if not _has_word(nodes):
            raise self._error("it holds no word that must be there")
        return nodes

    def _row(self, *, closing: str) -> Phrase:
        nodes: list[Node] = []
        while self._tokens and self._tokens[0] not in {"|", closing}:
            nodes.append(self._node(self._tokens.pop(0)))
        return tuple(nodes)

    def _node(self, sign: str) -> Node:
        if sign in {"(", "["}:
            return self._choice(")" if sign == "(" else "]")
        if sign in {"^", "$"}:
            return Edge(sign == "^")
        if sign in {")", "]", "|"}:
            raise self._error(f"a {sign} stands where nothing was opened")
        if sign[0] == "{":
            return self._gap(int(sign[1:-1]))
        return self._named(sign[1:-1]) if sign[0] == "<" else self._word(sign)

    def _choice(self, closing: str) -> Choice:
        options = [self._row(closing=closing)]
        while self._tokens and self._tokens[0] == "|":
            self._tokens.pop(0)
            options.append(self._row(closing=closing))
        if not self._tokens or not all(_has_word(option) or _is_edge(option) for option in options):
            raise self._error(f"a choice lacks its {closing} or offers no word")
        self._tokens.pop(0)
        return Choice(tuple(options), closing == "]")

    def _gap(self, most: int) -> Gap:
        if not 1 <= most <= MOST_GAP:
            raise self._error(f"a gap is 1 to {MOST_GAP} words")
        return Gap(most)

    def _named(self, name: str) -> Choice:
        if name not in self._sets:
            raise self._error(f"there is no set {name} above it")
        return self._sets[name]

    def _word(self, token: str) -> Word:
        text = skeleton(token)
        is_stem = token.endswith("*")
        if not text or _NO_WORD.search(token[:-1]) or (is_stem and len(text) < STEM_FROM):
            raise self._error(f"{token} is no word, or a stem of fewer than {STEM_FROM} letters")
        return Word(text, is_stem)

    def _error(self, why: str) -> PhraseError:
        return PhraseError(f"“{self._source}”: {why}")


def _has_word(phrase: Phrase) -> bool:
    return any(
        isinstance(node, Word) or (isinstance(node, Choice) and not node.is_optional) for node in phrase
    )


def _is_edge(phrase: Phrase) -> bool:
    return len(phrase) == 1 and isinstance(phrase[0], Edge)


def words_of(phrase: Phrase) -> frozenset[Word]:
    """Every word and stem that the phrase uses."""
    found: set[Word] = set()
    for node in phrase:
        if isinstance(node, Word):
            found.add(node)
        elif isinstance(node, Choice):
            found.update(*(words_of(option) for option in node.options))
    return frozenset(found)


def steps_of(phrase: Phrase) -> int:
    """How many ways there are to walk the phrase from one place at most: what one place can cost."""
    steps = 1
    for node in phrase:
        if isinstance(node, Gap):
            steps *= node.most + 1
        elif isinstance(node, Choice):
            ways = [steps_of(option) for option in node.options]
            steps *= max(*ways, sum(way for way in ways if way > 1)) + int(node.is_optional)
    return steps
