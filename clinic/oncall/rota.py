"""Who is on call at a moment: a pure function of the rota's rows.

Times of a slot are the clinic's clock. Both ends of a slot go through one function, so that slots which follow each
other on the wall do so in the night the clocks change too: nobody is on call twice for it, and no hour is nobody's.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

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
class Gap:
    """From when to when nobody holds a position; without `position`: nobody is on call at all."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    position: Position | None


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


def gaps(rota: Rota, *, since: dt.datetime, until: dt.datetime) -> list[Gap]:
    """When nobody at all is on call, and when a position that the rota uses is empty; in order of time."""
    used = [position for position in ORDER if any(slot.position == position for slot in rota.slots)]
    moments = sorted({since, until, *(m for m in _boundaries(rota, since, until) if since < m < until)})
    found: list[Gap] = []
    for start, end in pairwise(moments):
        empty = [position for position in used if not _holders(rota, position, start)]
        if len(empty) == len(used):
            _add(found, Gap(start, end, None))
        else:
            for position in empty:
                _add(found, Gap(start, end, position))
    return found


def _add(found: list[Gap], gap: Gap) -> None:
    """A gap that begins where the same one ended makes it longer."""
    for place, known in enumerate(found):
        if known.position == gap.position and known.ends_at == gap.starts_at:
            found[place] = Gap(known.starts_at, gap.ends_at, gap.position)
            return
    found.append(gap)


def occurrence(slot: Slot, day: dt.date, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """When the slot that begins on this day begins and ends, as moments."""
    last = day if slot.ends > slot.starts else day + dt.timedelta(days=1)
    return _moment(day, slot.starts, zone), _moment(last, slot.ends, zone)


def _moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """A wall time as a moment: of a time that comes twice the first, of one that is left out the same as before it."""
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def _holders(rota: Rota, position: Position, at: dt.datetime) -> list[_Held]:
    today = at.astimezone(ZoneInfo(rota.zone)).date()
    found: dict[UUID, _Held] = {}
    for slot in rota.slots:
        if slot.position != position:
            continue
        for day in (today - dt.timedelta(days=1), today):
            if day.weekday() != slot.weekday:
                continue
            start, end = occurrence(slot, day, rota.zone)
            if start <= at < end and (held := _acting(rota, slot.user, at, end)):
                found.setdefault(held.user, held)
    return list(found.values())


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


def _boundaries(rota: Rota, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    """Every moment between at which the answer may change."""
    day = since.astimezone(ZoneInfo(rota.zone)).date() - dt.timedelta(days=1)
    while day <= until.astimezone(ZoneInfo(rota.zone)).date():
        for slot in rota.slots:
            if slot.weekday == day.weekday():
                yield from occurrence(slot, day, rota.zone)
        day += dt.timedelta(days=1)
    for away in rota.absences:
        yield from (away.starts_at, away.ends_at)
