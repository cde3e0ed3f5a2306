"""Where the rota has a gap, and what an absence would leave: pure functions of the rota's rows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import TypeVar
from uuid import UUID

from clinic.clock import zone_of
from clinic.models.oncall import Position
from clinic.oncall import rota as pure
from clinic.oncall.rota import ORDER, Away, Rota, Slot

Key = TypeVar("Key")

LOOKED_AHEAD = dt.timedelta(days=14)
"""So far gaps are looked for: a rota repeats each week, absences do not."""


@dataclass(frozen=True, slots=True)
class Gap:
    """From when to when nobody holds a position; without `position`: nobody is on call at all.

    `same` is who holds it where they hold an earlier one too: then nobody else is told when the alert goes on to it.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    position: Position | None
    same: UUID | None = None

    @property
    def what(self) -> tuple[Position | None, UUID | None]:
        """What kind of gap it is, whenever it is."""
        return self.position, self.same


@dataclass(frozen=True, slots=True)
class Left:
    """What one absence, or the end of an access, would leave. `nobody`: when nobody at all would be on call who is now.

    `uncovered`: whose turn nobody would take although somebody was to: of an absence cover that is away, or somebody
    else's turn that its person was to cover; of an access that ends its person's own turns too. `since` is the moment
    from which on it was looked at.
    """

    since: dt.datetime
    nobody: tuple[tuple[dt.datetime, dt.datetime], ...]
    uncovered: tuple[tuple[UUID, dt.datetime, dt.datetime], ...]

    def __bool__(self) -> bool:
        return bool(self.nobody or self.uncovered)

    @property
    def beside(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """The turns in which somebody else is on call, in order of time."""
        turns = {(start, end) for _user, start, end in self.uncovered}
        return sorted(each for each in turns if not self.is_bare(each))

    def is_bare(self, stretch: tuple[dt.datetime, dt.datetime]) -> bool:
        """Whether nobody at all would be on call in all of it."""
        return any(start <= stretch[0] and stretch[1] <= end for start, end in self.nobody)

    @property
    def digest(self) -> str:
        """What somebody has read who says that they know: other hours have another. Time that passes changes none."""
        stretches = [("", *stretch) for stretch in self.nobody] + [*self.uncovered]
        read = [f"{who} {'' if start <= self.since else start} {end}" for who, start, end in stretches]
        return sha256("\n".join(read).encode()).hexdigest()[:32]


def gaps(rota: Rota, *, since: dt.datetime, until: dt.datetime) -> list[Gap]:
    """When nobody at all is on call, when a position that the rota uses is empty, and when it is held by somebody who
    holds an earlier one; in order of time."""
    used = [position for position in ORDER if any(slot.position == position for slot in rota.slots)]
    found: list[Gap] = []
    for start, end in _pieces(rota, since, until):
        for position, same in _lacking(rota, used, start):
            _add(found, Gap(start, end, position, same))
    return found


def nobody(rota: Rota, *, since: dt.datetime, until: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    """When nobody at all is on call."""
    bare = (piece for piece in _pieces(rota, since, until) if not pure.is_staffed(rota, at=piece[0]))
    return [(start, end) for _key, start, end in _joined((None, *piece) for piece in bare)]


def left_by(rota: Rota, away: Away, *, at: dt.datetime) -> Left:
    """What would be left if this absence were recorded too, from `at` on."""
    after = replace(rota, absences=(*rota.absences, away))
    # an absence without cover says by itself that its own turns are nobody's
    own = away.user if away.cover is None else None
    return _left(rota, after, since=max(at, away.starts_at), until=away.ends_at, own=own)


def left_without(rota: Rota, user: UUID, *, at: dt.datetime) -> Left:
    """What would be left in the coming two weeks if somebody could no longer act, from `at` on.

    Until the end of a day, so that what was read a minute ago is what is left now. Without anybody who can act it is
    nobody, with or without a rota.
    """
    day = (at + LOOKED_AHEAD).replace(hour=0, minute=0, second=0, microsecond=0)
    until, after = day + dt.timedelta(days=1), replace(rota, able=rota.able - {user})
    if user in rota.able and not after.able:
        return Left(since=at, nobody=((at, until),), uncovered=())
    return _left(rota, after, since=at, until=until)


def _left(
    before: Rota, after: Rota, *, since: dt.datetime, until: dt.datetime, own: UUID | None = None
) -> Left:
    """What the rota as it is after loses, but for the turns of `own`."""
    pieces = list(_pieces(after, since, until))
    bare = [
        (None, start, end)
        for start, end in pieces
        if pure.is_staffed(before, at=start) and not pure.is_staffed(after, at=start)
    ]
    lost = [
        (slot.user, start, end)
        for start, end in pieces
        for slot, _ends in pure.running(after, start)
        if slot.user != own and _is_lost(before, after, slot, at=start)
    ]
    return Left(
        since=since,
        nobody=tuple((start, end) for _key, start, end in _joined(bare)),
        uncovered=tuple(_joined(dict.fromkeys(lost))),
    )


def _is_lost(before: Rota, after: Rota, slot: Slot, *, at: dt.datetime) -> bool:
    """Whether somebody was to take this turn and nobody would."""
    return bool(pure.acting(before, slot.user, at=at)) and not pure.acting(after, slot.user, at=at)


def _lacking(
    rota: Rota, used: Iterable[Position], at: dt.datetime
) -> Iterator[tuple[Position | None, UUID | None]]:
    """What is wrong with the positions at one moment."""
    held = {position: pure.holders(rota, position, at=at) for position in used}
    if not any(held.values()):
        yield None, None
        return
    told: set[UUID] = set()
    for position, people in held.items():
        if not people:
            yield position, None
        elif told.issuperset(people):
            yield position, people[0]
        told.update(people)


def _add(found: list[Gap], gap: Gap) -> None:
    """A gap that begins where the same one ended makes it longer."""
    for place, known in enumerate(found):
        if known.what == gap.what and known.ends_at == gap.starts_at:
            found[place] = replace(known, ends_at=gap.ends_at)
            return
    found.append(gap)


def _joined(
    pieces: Iterable[tuple[Key, dt.datetime, dt.datetime]],
) -> list[tuple[Key, dt.datetime, dt.datetime]]:
    """Pieces of one key that follow each other are one; in order of time."""
    found: list[tuple[Key, dt.datetime, dt.datetime]] = []
    for key, start, end in pieces:
        place = next((n for n, known in enumerate(found) if known[0] == key and known[2] == start), None)
        if place is None:
            found.append((key, start, end))
        else:
            found[place] = (key, found[place][1], end)
    return found


def _pieces(rota: Rota, since: dt.datetime, until: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The time between, cut at every moment at which the answer may change."""
    if since >= until:
        return iter(())
    inside = (moment for moment in _boundaries(rota, since, until) if since < moment < until)
    return pairwise(sorted({since, until, *inside}))


def _boundaries(rota: Rota, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    day = since.astimezone(zone_of(rota.zone)).date() - dt.timedelta(days=1)
    while day <= until.astimezone(zone_of(rota.zone)).date():
        for slot in rota.slots:
            if slot.weekday == day.weekday():
                yield from pure.occurrence(slot, day, rota.zone)
        day += dt.timedelta(days=1)
    for away in rota.absences:
        yield from (away.starts_at, away.ends_at)
