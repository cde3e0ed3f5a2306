"""Counting the ledger. Pure: cases in, lines out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from clinic.safety.ledger.groups import is_small, may_tell
from clinic.safety.ledger.outcomes import Judged
from clinic.safety.ledger.wilson import TOO_FEW, Share, share

LAST: Final = 40
"""So many of the newest alerts that were judged are looked at."""


@dataclass(frozen=True, slots=True)
class Case:
    """One alert as the ledger sees it: no words, no name."""

    patient: UUID
    language: str
    judged: Judged
    rules: tuple[str, ...]
    categories: tuple[str, ...]
    classifier: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One rule, or one band of the classifier: how many alerts, and on how many of the last ones somebody acted.

    `acted` is None where it is not told: too few alerts, or so few people that it would tell of them.
    """

    name: str
    category: str
    opened: int
    people: int
    closed: int
    still_open: int
    apart: int
    acted: Share | None
    is_low: bool


@dataclass(slots=True)
class _Tally:
    judged: list[Case] = field(default_factory=list)
    open: int = 0
    apart: int = 0
    people: set[UUID] = field(default_factory=set)

    def add(self, case: Case) -> None:
        self.people.add(case.patient)
        if case.judged is Judged.OPEN:
            self.open += 1
        elif case.judged is Judged.APART:
            self.apart += 1
        else:
            self.judged.append(case)

    @property
    def last(self) -> list[Case]:
        return self.judged[:LAST]


def lines(
    cases: Sequence[Case],
    names: Mapping[str, str],
    *,
    language: str = "",
    floor: float,
    of: str = "rules",
    bands: Iterable[tuple[str, float, float]] = (),
) -> list[Line]:
    """One line for each of `names` (rule, or band, to category) from cases that come newest first."""
    tallies = {name: _Tally() for name in names}
    whole = {name: _Tally() for name in names}
    known = tuple(bands)
    for case in cases:
        for name in _names(case, of, known):
            if name not in tallies:
                continue
            whole[name].add(case)
            if not language or case.language == language:
                tallies[name].add(case)
    return [
        _line(name, category, tallies[name], whole[name], floor=floor, filtered=bool(language))
        for name, category in names.items()
    ]


def _names(case: Case, of: str, bands: tuple[tuple[str, float, float], ...]) -> tuple[str, ...]:
    if of == "rules":
        return case.rules
    score = case.classifier
    if score is None or not case.categories:
        return ()
    return tuple(f"{case.categories[0]}:{name}" for name, low, high in bands if low <= score < high)


def _line(name: str, category: str, mine: _Tally, whole: _Tally, *, floor: float, filtered: bool) -> Line:
    acted = _acted(mine, whole, filtered=filtered)
    return Line(
        name=name,
        category=category,
        opened=len(mine.judged) + mine.open + mine.apart,
        people=len(mine.people),
        closed=len(mine.judged) + mine.apart,
        still_open=mine.open,
        apart=mine.apart,
        acted=acted,
        is_low=acted is not None and acted.share < floor,
    )


def _acted(mine: _Tally, whole: _Tally, *, filtered: bool) -> Share | None:
    people = {case.patient for case in mine.judged}
    in_all = {case.patient for case in whole.judged}
    if len(mine.last) < TOO_FEW or is_small(len({case.patient for case in mine.last})):
        return None
    if filtered and not may_tell(len(people), people_in_all=len(in_all)):
        return None
    return share(sum(case.judged is Judged.ACTED for case in mine.last), len(mine.last))
