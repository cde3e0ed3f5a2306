"""Finding the rules in a text. Everything here runs in time in proportion to the text's length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from clinic.safety.alphabet import STOP, Expression
from clinic.safety.levels import Level
from clinic.safety.normalise import Reading, readings
from clinic.safety.ruleset import SENTENCES, Guard, Rule, RuleSet
from clinic.safety.steadying import without_stops

# So many places are kept for each rule: enough to show what was said, however often it was said.
MOST_PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Match:
    """One place in the original text (character offsets) where a rule holds.

    `level` is what guards leave that touch the words; `told` is what is left where guards that stand elsewhere in the
    sentence or beside it are believed as well. `guards` names all of them.
    """

    rule: Rule
    level: Level
    told: Level
    start: int
    end: int
    guards: tuple[str, ...]


class Pages:
    """A text as typed and, where it may be disguised, as it was probably meant: read once, asked several times."""

    def __init__(self, text: str, rule_set: RuleSet) -> None:
        self.text = text
        self.rule_set = rule_set
        read = [*readings(text, speller=rule_set.speller)]
        typed = {*read[0].words, *rule_set.telling.in_two}
        unparted = without_stops(text)
        self.is_disguised = unparted is not None or any(not typed.issuperset(each.words) for each in read)
        """Whether it was probably meant otherwise than it is typed. What lowers is not looked for in such a text."""
        if unparted is not None:
            read += readings(unparted, speller=rule_set.speller)
        self._pages = [_Page(one, rule_set) for one in read]

    def matches(self) -> list[Match]:
        """Every rule that holds in either reading, at most three places each, gravest first, then in text order."""
        found: dict[tuple[str, int, int], Match] = {}
        for match in chain.from_iterable(page.matches() for page in self._pages):
            key = (match.rule.id, match.start, match.end)
            if key not in found or _gravity(match) > _gravity(found[key]):
                found[key] = match
        return sorted(found.values(), key=lambda match: (-match.level, match.start, match.end, match.rule.id))

    def framed(self, names: Iterable[str]) -> list[tuple[int, int]]:
        """The stretches (character offsets, in order) that a guard of these names covers: see `frames`, `hints`."""
        return self._pages[0].framed(names)


class _Page:
    """One reading, written in the private alphabet, with the places that guards cover."""

    def __init__(self, reading: Reading, rule_set: RuleSet) -> None:
        self._reading = reading
        self._rule_set = rule_set
        self._letters = rule_set.alphabet.write(reading)
        self._present = frozenset(self._letters)
        self._covered: dict[str, bytearray] = {}
        self._stops: list[int] | None = None

    def matches(self) -> Iterator[Match]:
        """The matches that count, at most MOST_PLACES for each rule, its gravest ones."""
        for rule in self._rule_set.rules:
            kept: list[Match] = []
            present = [one for one in rule.phrases if one.may_match(self._present)]
            for start, end in chain.from_iterable(map(self._places, present)):
                _keep(kept, self._judged(rule, start, end))
                if len(kept) == MOST_PLACES and all(match.told == rule.level for match in kept):
                    break
            yield from kept

    def framed(self, names: Iterable[str]) -> list[tuple[int, int]]:
        """The words that one of these guards covers."""
        covered = bytearray(len(self._letters) + 1)
        for name in names:
            cover = self._cover(self._rule_set.guards[name])
            covered = bytearray(map(max, covered, cover))
        spans = [span for span, is_covered in zip(self._reading.spans, covered, strict=False) if is_covered]
        return sorted(spans)

    def _places(self, expression: Expression) -> Iterator[tuple[int, int]]:
        """Each place where the expression holds, overlapping ones too, as the first word and one past the last."""
        if not expression.may_match(self._present):
            return
        found = expression.pattern.search(self._letters)
        while found is not None:
            yield found.span()
            found = expression.pattern.search(self._letters, found.start() + 1)

    def _judged(self, rule: Rule, start: int, end: int) -> Match:
        level = told = rule.level
        applied = []
        for name in rule.guards:
            guard = self._rule_set.guards[name]
            if self._cover(guard)[end if guard.place == "after" else start]:
                told = min(told, guard.lowers_to)
                level = level if guard.is_far else min(level, guard.lowers_to)
                applied.append(name)
        spans = self._reading.spans
        return Match(rule, level, told, spans[start][0], spans[end - 1][1], tuple(applied))

    def _cover(self, guard: Guard) -> bytearray:
        """For each place, whether the guard covers a match that begins there (ends there, for `after`)."""
        covered = self._covered.get(guard.name)
        if covered is None:
            covered = self._covered[guard.name] = bytearray(len(self._letters) + 1)
            self._mark(covered, guard)
            lifted = self._sentences(guard.unless) if any(covered) else set()
            lifted |= self._sentences(guard.unless_near, -2, 1) if any(covered) else set()
            for first, last in lifted:
                covered[first : last + 1] = bytes(last + 1 - first)
        return covered

    def _mark(self, covered: bytearray, guard: Guard) -> None:
        """A pause between a guard and a match parts them: "No, I want to die" denies nothing."""
        if guard.place in SENTENCES:
            for first, last in self._sentences(guard.phrases, *SENTENCES[guard.place]):
                covered[first:last] = b"\1" * (last - first)
            return
        soft = self._reading.soft
        for start, end in chain.from_iterable(map(self._places, guard.phrases)):
            place = start if guard.place == "after" else end
            covered[place] |= not (place < len(soft) and soft[place])

    def _sentences(
        self, expressions: tuple[Expression, ...], before: int = 0, after: int = 0
    ) -> set[tuple[int, int]]:
        """The stretches about the sentences in which an expression holds: first word, and one past the last.

        `before` and `after` say where a stretch begins and ends, in sentences counted from that one.
        """
        if self._stops is None:
            self._stops = [
                -1,
                *(at for at, letter in enumerate(self._letters) if letter == STOP),
                len(self._letters),
            ]
        found = set()
        for start, _end in chain.from_iterable(map(self._places, expressions)):
            number = bisect_right(self._stops, start)
            first, last = max(number + before, 1), min(number + after, len(self._stops) - 1)
            if first <= last:
                found.add((self._stops[first - 1] + 1, self._stops[last]))
        return found


def _keep(kept: list[Match], match: Match) -> None:
    """Keep a match that counts; where there are enough, the gravest stay."""
    if match.level is Level.NONE:
        return
    kept.append(match)
    if len(kept) > MOST_PLACES:
        kept.remove(min(kept, key=_gravity))


def _gravity(match: Match) -> tuple[Level, Level]:
    """What counts first: the level that stands whatever is told, then the level of the words alone."""
    return match.told, match.level
