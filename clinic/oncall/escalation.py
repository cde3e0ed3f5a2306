"""Which steps of an alert's escalation are due at a moment: a pure function, whoever asks and however often.

One person has one clock: that of their oldest open alert which nobody has taken. A graver one that comes later pages
at once again, and runs no clock of its own.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from clinic.models.page import Sought, Step
from clinic.models.safety import AlertLevel
from clinic.oncall.minutes import Minutes

CEILING = dt.timedelta(hours=11)
"""An hour before the twelve in which a person must have answered (SR-29)."""

MOST_TURNS = 2_000_000_000
"""What the column holds: of turns that come every ten minutes as many as 38,000 years have, so they never end."""


@dataclass(frozen=True, slots=True)
class Case:
    """One open alert that pages. `owner` is who has taken it; `owner_can_act` whether they still can.

    `unreached` are steps and turns whose every page failed more than once: the next step does not wait for its time.
    `again_at` is when an answer ended to hold: handed on, not reached, opened again or gone back since. `put_back_at`
    is when it last went back, because its owner could no longer act. `was_paged`: its opening paged somebody already.
    """

    alert: UUID
    patient: UUID
    level: int
    since: dt.datetime
    owner: UUID | None = None
    taken_at: dt.datetime | None = None
    owner_can_act: bool = True
    unreached: frozenset[tuple[str, int]] = frozenset()
    again_at: dt.datetime | None = None
    put_back_at: dt.datetime | None = None
    was_paged: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether somebody has it who can do something about it."""
        return self.owner is not None and self.owner_can_act

    @property
    def waits_since(self) -> dt.datetime:
        """Since when it waits for somebody: what was answered and went back waits from then on."""
        return self.put_back_at if self.put_back_at and self.again_at else self.since

    @property
    def turn(self) -> int:
        """The first turn of its steps: another one each time that it waits anew."""
        return 0 if self.waits_since == self.since else _round(self, self.waits_since)


@dataclass(frozen=True, slots=True)
class Due:
    """One step whose time has come, and in which positions people are sought."""

    case: Case
    step: Step
    due_at: dt.datetime
    seeks: tuple[Sought, ...]
    turn: int = 0

    @property
    def key(self) -> tuple[UUID, str, int]:
        """What was paged once under this is never paged again."""
        return self.case.alert, self.step.value, self.turn

    @property
    def comes_again(self) -> bool:
        """Whether the same step came before since the alert waits."""
        return self.turn > self.case.turn


def due(cases: Iterable[Case], minutes: Minutes, *, at: dt.datetime) -> list[Due]:
    """Every step of these open alerts that is due at `at`, whether it was paged already or not."""
    found = (steps(of_person, minutes, at=at) for of_person in by_person(cases))
    return [each for of_person in found for each in of_person if each.due_at <= at]


def by_person(cases: Iterable[Case]) -> Iterator[list[Case]]:
    """The cases of each person, oldest first."""
    in_order = sorted(cases, key=lambda case: (case.patient, case.since, case.alert))
    for _patient, of_person in groupby(in_order, key=lambda case: case.patient):
        yield list(of_person)


def steps(of_person: Sequence[Case], minutes: Minutes, *, at: dt.datetime) -> Iterator[Due]:
    """Every step of one person's open alerts, due or to come; of one that comes again the turn of this moment."""
    yield from _waiting([case for case in of_person if not case.is_taken], minutes, at=at)
    yield from _taken([case for case in of_person if case.is_taken], minutes, at=at)


def opens_a_page(level: int, others: Iterable[int]) -> bool:
    """Whether an alert of this level pages at once beside those of the same person that wait already."""
    return level >= AlertLevel.URGENT and all(level > other for other in others)


def first(case: Case) -> Due:
    """The step of the moment in which an alert opens: an emergency pages two at once."""
    two = (Sought.FIRST, Sought.SECOND)
    return Due(case, Step.FIRST, case.since, two if case.level >= AlertLevel.EMERGENCY else two[:1])


def _waiting(cases: Sequence[Case], minutes: Minutes, *, at: dt.datetime) -> Iterator[Due]:
    """Of those that nobody has, oldest first: what waits longest runs the clock, graver ones page at once.

    What joins one that was paged already pages nobody, in whatever order the two are seen.
    """
    seen = [case.level for case in cases if case.was_paged]
    for case in cases:
        if went_back := left(case):
            yield went_back
        elif not case.was_paged and opens_a_page(case.level, seen):
            yield first(case)
        seen.append(case.level)
        if case.owner is not None and case.taken_at is not None:
            yield Due(case, Step.LEFT, at, (Sought.FIRST, Sought.DUTY_LEAD), _turn(case, case.taken_at))
    if cases:
        clock = clock_of(cases)
        opening = Step.LEFT if clock.turn else Step.FIRST
        second = _unless_reached(clock, opening, minutes.second)
        lead = _unless_reached(clock, Step.SECOND, minutes.lead)
        yield Due(clock, Step.SECOND, second, (Sought.SECOND,), clock.turn)
        yield Due(clock, Step.DUTY_LEAD, lead, (Sought.DUTY_LEAD,), clock.turn)
        yield _everybody(clock, minutes, at=at)


def clock_of(cases: Sequence[Case]) -> Case:
    """Which of one person's alerts that nobody has runs the clock for all: what waits longest."""
    return min(cases, key=lambda case: (case.waits_since, case.since, case.alert))


def left(case: Case) -> Due | None:
    """The step of the moment in which an alert last went back; None where it never did."""
    if case.put_back_at is None:
        return None
    turn = _round(case, case.put_back_at)
    return Due(case, Step.LEFT, case.put_back_at, (Sought.FIRST, Sought.DUTY_LEAD), turn)


def _taken(cases: Sequence[Case], minutes: Minutes, *, at: dt.datetime) -> Iterator[Due]:
    """Of those that somebody has, by owner: the gravest, so that one person's alerts remind once."""
    for owner in sorted({case.owner for case in cases if case.owner}):
        own = [case for case in cases if case.owner == owner]
        gravest = max(own, key=lambda case: (case.level, -case.since.timestamp()))
        grave = gravest.level >= AlertLevel.EMERGENCY
        asked = minutes.emergency_contact if grave else minutes.urgent_contact
        taken_at = max(filter(None, [gravest.taken_at or gravest.since, gravest.again_at]))
        owner_and_lead = (Sought.OWNER, Sought.DUTY_LEAD)
        turn = _turn(gravest, taken_at)
        yield Due(gravest, Step.UNANSWERED, _after(taken_at, asked), owner_and_lead, turn)
        since = min(case.again_at or case.since for case in own)
        yield _ceiling(gravest, since, (*owner_and_lead, Sought.ANYBODY), at=at)


def _ceiling(case: Case, since: dt.datetime, seeks: tuple[Sought, ...], *, at: dt.datetime) -> Due:
    """Everybody is told that no answer came, and again each time the same span has passed without one."""
    passed = max(0, int((at - since) / CEILING) - 1) * CEILING
    return Due(case, Step.CEILING, since + passed + CEILING, seeks, _turn(case, since + passed))


def _everybody(clock: Case, minutes: Minutes, *, at: dt.datetime) -> Due:
    """Everybody is paged, and again each time the same span has passed: the newest turn, however late it is noticed."""
    span = dt.timedelta(minutes=minutes.everybody)
    passed = max(0, int((at - clock.waits_since) / span) - 1)
    due_at = clock.waits_since + span * (passed + 1)
    if passed == 0:
        due_at = _unless_reached(clock, Step.DUTY_LEAD, minutes.everybody)
    return Due(clock, Step.EVERYBODY, due_at, (Sought.ANYBODY,), min(MOST_TURNS, clock.turn + passed))


def _unless_reached(clock: Case, before: Step, minutes: int) -> dt.datetime:
    """The step's own time, or at once where no page of the step before it reached anybody."""
    since = clock.waits_since
    return since if (before.value, clock.turn) in clock.unreached else _after(since, minutes)


def _turn(case: Case, moment: dt.datetime) -> int:
    """A number for each time that somebody took the alert, or it was opened again: each is reminded of by itself."""
    return max(0, min(MOST_TURNS, int((moment - case.since) / dt.timedelta(minutes=1))))


def _round(case: Case, moment: dt.datetime) -> int:
    """The same of the steps of an alert that went back: never that of the steps which came when it opened."""
    return max(1, _turn(case, moment))


def _after(moment: dt.datetime, minutes: int) -> dt.datetime:
    return moment + dt.timedelta(minutes=minutes)
