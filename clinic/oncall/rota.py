"""Who is on call at a moment: a pure function of the rota's rows.

Times of a slot are the clinic's clock. Both ends of a slot go through one function, so that slots which follow each
other on the wall do so in the night the clocks change too: nobody is on call twice for it, and no hour is nobody's.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from clinic.clock import zone_of
from clinic.models.oncall import Position

ORDER = (Position.FIRST, Position.SECOND, Position.DUTY_LEAD)
MOST_CHANGES = 200
"""After so many changes of duty the same person is still on call: nobody needs to know the end of that."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Each week on this day between two times; where `ends` is not later than `starts`, it is the next day's."""

    user: UUID
    position: Position
    weekday: int
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is absent between two moments; `cover` is in their place, or nobody."""

    user: UUID
    starts_at: dt.datetime
    ends_at: dt.datetime
    cover: UUID | None


@dataclass(frozen=True, slots=True)
class Rota:
    """All rows. `able` are those who can act: active psychologists, at the moment that is asked about."""

    zone: str
    slots: tuple[Slot, ...]
    absences: tuple[Away, ...]
    able: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on call in which position, and until when it stays so."""

    user: UUID
    position: Position
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class _Held:
    user: UUID
    until: dt.datetime


def on_call(rota: Rota, *, at: dt.datetime) -> tuple[Duty, ...]:
    """Who is on call at `at`, first first. A position that nobody can fill is left out: the next stands in for it."""
    return tuple(
        Duty(held.user, position, _as_long_as(rota, position, held))
        for position in ORDER
        for held in _holders(rota, position, at)
    )


def holders(rota: Rota, position: Position, *, at: dt.datetime) -> tuple[UUID, ...]:
    """Who holds this position at `at`; nobody where the slot is empty or its person cannot act."""
    return tuple(held.user for held in _holders(rota, position, at))


def sought(rota: Rota, position: Position, *, at: dt.datetime) -> tuple[Position | None, tuple[UUID, ...]]:
    """Whom to page in this position: who holds it, else the next one; None and everybody where nobody is left."""
    for each in ORDER[ORDER.index(position) :]:
        if found := holders(rota, each, at=at):
            return each, found
    return None, tuple(sorted(rota.able))


def sought_anew(
    rota: Rota, position: Position, *, at: dt.datetime
) -> list[tuple[Position | None, tuple[UUID, ...]]]:
    """Whom to page in this position: as `sought`, and on to the next until somebody is among them who holds no earlier
    position. One person in two positions is told by two steps, and is not the end of either."""
    earlier = {user for each in ORDER[: ORDER.index(position)] for user in holders(rota, each, at=at)}
    found: list[tuple[Position | None, tuple[UUID, ...]]] = []
    for each in ORDER[ORDER.index(position) :]:
        if people := holders(rota, each, at=at):
            found.append((each, people))
        if not earlier.issuperset(people):
            return found
    return [*found, (None, tuple(sorted(rota.able)))]


def is_staffed(rota: Rota, *, at: dt.datetime) -> bool:
    """Whether anybody at all is on call at `at`."""
    return any(_acting(rota, slot.user, at, end) for slot, end in running(rota, at))


def acting(rota: Rota, user: UUID, *, at: dt.datetime) -> UUID | None:
    """Who takes this person's turns at `at`: they themselves, their cover, or nobody who can."""
    held = _acting(rota, user, at, at)
    return held.user if held else None


def occurrence(slot: Slot, day: dt.date, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """When the slot that begins on this day begins and ends, as moments."""
    last = day if slot.ends > slot.starts else day + dt.timedelta(days=1)
    return _moment(day, slot.starts, zone), _moment(last, slot.ends, zone)


def _moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """A wall time as a moment: of a time that comes twice the first, of one that is left out the same as before it."""
    return dt.datetime.combine(day, time, tzinfo=zone_of(zone)).astimezone(dt.UTC)


def running(rota: Rota, at: dt.datetime) -> Iterator[tuple[Slot, dt.datetime]]:
    """The slots that hold at `at`, each with its end, whoever acts in them."""
    today = at.astimezone(zone_of(rota.zone)).date()
    for slot in rota.slots:
        for day in (today - dt.timedelta(days=1), today):
            if day.weekday() != slot.weekday:
                continue
            start, end = occurrence(slot, day, rota.zone)
            if start <= at < end:
                yield slot, end


def _holders(rota: Rota, position: Position, at: dt.datetime) -> list[_Held]:
    found: dict[UUID, _Held] = {}
    for slot, end in running(replace(rota, slots=_of(rota, position)), at):
        if held := _acting(rota, slot.user, at, end):
            found.setdefault(held.user, held)
    return list(found.values())


def _of(rota: Rota, position: Position) -> tuple[Slot, ...]:
    return tuple(slot for slot in rota.slots if slot.position == position)


def _acting(rota: Rota, user: UUID, at: dt.datetime, until: dt.datetime) -> _Held | None:
    """Who acts for `user`: they themselves, their cover, their cover's cover; None for nobody who can."""
    person: UUID | None = user
    asked: set[UUID] = set()
    while person is not None and person not in asked:
        asked.add(person)
        own = [away for away in rota.absences if away.user == person]
        until = min([until, *(m for away in own for m in (away.starts_at, away.ends_at) if m > at)])
        absent = next((away for away in own if away.starts_at <= at < away.ends_at), None)
        if absent is None:
            return _Held(person, until) if person in rota.able else None
        person = absent.cover
    return None


def _as_long_as(rota: Rota, position: Position, held: _Held) -> dt.datetime:
    """Over the borders of slots, for as long as the same person goes on."""
    until = held.until
    for _change in range(MOST_CHANGES):
        after = next((each for each in _holders(rota, position, until) if each.user == held.user), None)
        if after is None:
            break
        until = after.until
    return until
