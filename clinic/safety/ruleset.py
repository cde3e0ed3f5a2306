"""The rules as they are written in `rules/*.toml`, read once and compiled.

People review those files, so they hold words and examples only; what their fields mean stands in
`rules/README.md`. `lint` checks them.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clinic.safety.alphabet import Alphabet, Expression
from clinic.safety.levels import Level
from clinic.safety.normalise import skeleton
from clinic.safety.phrases import Phrase, Sets, Word, parse, parse_sets, words_of
from clinic.safety.spelling import RuleSpeller
from clinic.safety.telling import Telling, telling_of

# The places of a guard that are whole sentences: where they begin and end, counted from the guard's own.
SENTENCES: Final = {"sentence": (0, 0), "next": (0, 1), "around": (-2, 1), "previous": (-1, -1)}
PLACES: Final = ("before", "after", *SENTENCES)


@dataclass(frozen=True, slots=True)
class Guard:
    """What shows that a match is meant otherwise: a denial, an idiom, a story, the past.

    `place` says where its phrases stand: right before the match, right after it, anywhere in its sentence,
    or in a sentence beside it. A guarded match counts as `lowers_to` at most. An `unless` phrase in the
    sentence of the match lifts it, an `unless_near` phrase also one in a sentence beside it.
    """

    name: str
    place: str
    lowers_to: Level
    phrases: tuple[Expression, ...]
    unless: tuple[Expression, ...]
    unless_near: tuple[Expression, ...]

    @property
    def is_far(self) -> bool:
        """Whether it need not touch the words that it guards."""
        return self.place in SENTENCES


@dataclass(frozen=True, slots=True)
class Rule:
    """One reviewed rule: what is said, how serious it is, and which guards may lower it.

    `with_score` is the score that the classifier must give the text for the rule to count; 0 where it stands alone.
    """

    id: str
    category: str
    level: Level
    language: str
    guards: tuple[str, ...]
    phrases: tuple[Expression, ...]
    with_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of danger; `cards` names the help card for each level. Earlier categories are graver."""

    name: str
    cards: Mapping[Level, str]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Every rule in one version. `digest` is the SHA-256 of the rule files, in hexadecimal digits."""

    version: str
    digest: str
    alphabet: Alphabet
    speller: RuleSpeller
    guards: Mapping[str, Guard]
    categories: Mapping[str, Category]
    rules: tuple[Rule, ...]
    languages: frozenset[str]
    telling: Telling


@dataclass(frozen=True, slots=True)
class Source:
    """The rule files as read: what all rules share, and each rule with its file's language."""

    shared: Mapping[str, Any]
    rules: tuple[Mapping[str, Any], ...]
    digest: str = ""


def read(folder: Path) -> Source:
    """Read the rule files of a folder; raises OSError or tomllib.TOMLDecodeError where one is unreadable.

    A file that names a language holds rules; the others hold what all rules share.
    """
    shared: dict[str, Any] = {}
    rules: list[Mapping[str, Any]] = []
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        one_file = tomllib.loads(content.decode())
        if "language" in one_file:
            of_file = {"language": one_file["language"], "review": one_file.get("review", {})}
            of_each = {"with_score": one_file.get("with_score", 0.0)}
            rules.extend({**of_each, **rule, **of_file} for rule in one_file["rule"])
        else:
            for name, table in one_file.items():
                shared[name] = {**shared.get(name, {}), **table} if isinstance(table, dict) else table
    return Source(shared, tuple(rules), digest.hexdigest())


def build(source: Source) -> RuleSet:
    """Compile rules; raises PhraseError or KeyError where they are malformed (see `lint` for a full report)."""
    shared = source.shared
    sets, spelling = parse_sets(shared["sets"]), shared["spelling"]
    parsed = [_parsed(one["phrases"], sets) for one in source.rules]
    guards = {name: _parsed(one["phrases"], sets) for name, one in shared["guards"].items()}
    lifts = {name: _parsed(one.get("unless", ()), sets) for name, one in shared["guards"].items()}
    near = {name: _parsed(one.get("unless_near", ()), sets) for name, one in shared["guards"].items()}
    alphabet = _alphabet(spelling, [*parsed, *guards.values(), *lifts.values(), *near.values()])
    return RuleSet(
        version=shared["version"],
        digest=source.digest,
        alphabet=alphabet,
        speller=_speller(spelling, alphabet),
        guards={
            name: Guard(
                name=name,
                place=one["place"],
                lowers_to=Level[one["lowers_to"].upper()],
                phrases=_compiled(alphabet, guards[name]),
                unless=_compiled(alphabet, lifts[name]),
                unless_near=_compiled(alphabet, near[name]),
            )
            for name, one in shared["guards"].items()
        },
        categories={name: _category(name, cards) for name, cards in shared["categories"].items()},
        rules=tuple(
            _rule(one, _compiled(alphabet, phrases, spelling.get(f"never_jumped_{one['language']}", ())))
            for one, phrases in zip(source.rules, parsed, strict=True)
        ),
        languages=frozenset(one["language"] for one in source.rules),
        telling=telling_of(shared),
    )


def _parsed(phrases: Sequence[str], sets: Sets) -> tuple[Phrase, ...]:
    return tuple(parse(phrase, sets) for phrase in phrases)


def _compiled(
    alphabet: Alphabet, phrases: Sequence[Phrase], barred: Sequence[str] = ()
) -> tuple[Expression, ...]:
    """`barred` are the negations of one language that are ordinary words of another ("не" reads as "he")."""
    return tuple(alphabet.compile(phrase, barred=map(skeleton, barred)) for phrase in phrases)


def _alphabet(spelling: Mapping[str, Sequence[str]], phrases: Sequence[tuple[Phrase, ...]]) -> Alphabet:
    words = {word for group in phrases for phrase in group for word in words_of(phrase)}
    words |= {Word(skeleton(word)) for word in (*spelling["strong"], *spelling["telling"])}
    return Alphabet(
        words,
        negations=map(skeleton, spelling["never_jumped"]),
        common=map(skeleton, spelling["common"]),
    )


def _speller(spelling: Mapping[str, Sequence[str]], alphabet: Alphabet) -> RuleSpeller:
    listed = {name: map(skeleton, spelling[name]) for name in ("strong", "telling", "short", "whole")}
    return RuleSpeller(alphabet.lexicon, **listed)


def _category(name: str, cards: Sequence[str]) -> Category:
    return Category(name, dict(zip((Level.CONCERN, Level.URGENT, Level.EMERGENCY), cards, strict=True)))


def _rule(one: Mapping[str, Any], phrases: tuple[Expression, ...]) -> Rule:
    return Rule(
        id=one["id"],
        category=one["category"],
        level=Level[one["level"].upper()],
        language=one["language"],
        guards=tuple(one.get("guards", ())),
        with_score=float(one.get("with_score", 0.0)),
        phrases=phrases,
    )
