"""What the page of the rota shows: who is on call now, the week, gaps in the coming days, absences."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic.clock import zone_of
from clinic.models.oncall import Position, RotaSlot, Weekday
from clinic.oncall import gaps, rota, rows
from clinic.oncall.gaps import LOOKED_AHEAD, Gap
from dashboard.duties import NowOnCall, now_on_call
from dashboard.governance.context.absences import AbsenceLine, absence_lines, stretch
from dashboard.governance.context.names import printed

MOST_GAPS = 12


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot: "18:00 to 08:00"; `gone` where its person cannot act any more."""

    slot_id: UUID
    who: str
    hours: str
    day: str
    gone: bool
    position: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the week with the slots of each position."""

    day: str
    is_today: bool
    cells: list[list[SlotLine]]


@dataclass(frozen=True, slots=True)
class GapLine:
    """When a position is empty; `nobody` where nobody at all is on call."""

    when: str
    words: str
    nobody: bool


@dataclass(frozen=True, slots=True)
class RotaPage:
    """All of it; `more_gaps` is how many are not listed."""

    now: NowOnCall
    positions: list[str]
    days: list[DayRow]
    is_empty: bool
    gaps: list[GapLine]
    more_gaps: int
    absences: list[AbsenceLine]


def rota_page(*, at: dt.datetime, zone: str) -> RotaPage:
    """Everything for the page. About thirteen queries, however long the rota is."""
    read = rows.read(at=at, zone=zone)
    found = gaps.gaps(read, since=at, until=at + LOOKED_AHEAD)
    names = rows.names(gap.same for gap in found if gap.same)
    standing = RotaSlot.objects.filter(removed_at=None).select_related("user__staff").order_by("starts", "pk")
    slots, now = list(standing), now_on_call(at=at, zone=zone)
    return RotaPage(
        now=now,
        positions=[str(Position(each).label) for each in rota.ORDER],
        days=_days(slots, read.able, today=at.astimezone(zone_of(zone)).weekday()),
        is_empty=not slots,
        gaps=[_gap(each, now, names, at=at, zone=zone) for each in found[:MOST_GAPS]],
        more_gaps=max(0, len(found) - MOST_GAPS),
        absences=absence_lines(read, at=at, zone=zone),
    )


def upcoming_gaps(*, at: dt.datetime, zone: str) -> list[Gap]:
    """The gaps of the coming two weeks."""
    return gaps.gaps(rows.read(at=at, zone=zone), since=at, until=at + LOOKED_AHEAD)


def _days(slots: Iterable[RotaSlot], able: frozenset[UUID], *, today: int) -> list[DayRow]:
    found: dict[tuple[int, str], list[SlotLine]] = {}
    for slot in slots:
        found.setdefault((slot.weekday, slot.position), []).append(_slot(slot, able))
    return [
        DayRow(
            day=str(day.label),
            is_today=day.value == today,
            cells=[found.get((day.value, position.value), []) for position in rota.ORDER],
        )
        for day in Weekday
    ]


def _slot(slot: RotaSlot, able: frozenset[UUID]) -> SlotLine:
    whole_day = slot.starts == slot.ends == dt.time(0)
    hours = _("{start} to {end}").format(start=f"{slot.starts:%H:%M}", end=f"{slot.ends:%H:%M}")
    return SlotLine(
        slot_id=slot.pk,
        who=printed(slot.user),
        hours=_("the whole day") if whole_day else hours,
        day=str(Weekday(slot.weekday).label),
        gone=slot.user_id not in able,
        position=str(Position(slot.position).label),
    )


def last_line(slot: RotaSlot) -> SlotLine:
    """A slot that is the last of its position, as it is asked about."""
    return _slot(slot, frozenset({slot.user_id}))


def _gap(gap: Gap, now: NowOnCall, names: Mapping[UUID, str], *, at: dt.datetime, zone: str) -> GapLine:
    when = stretch(gap.starts_at, gap.ends_at, at=at, zone=zone)
    if gap.position is None and not now.anybody:
        return GapLine(when, _("Nobody is on call, and nobody can be paged."), nobody=True)
    if gap.position is None:
        return GapLine(when, _("Nobody is on call: all psychologists are paged."), nobody=True)
    position = Position(gap.position).label
    if gap.same is None:
        words = _("Empty: {position}. The next position is paged.").format(position=position)
        return GapLine(when, words, nobody=False)
    words = _(
        "{position}: {name}, who holds an earlier position too. Whoever comes next is paged beside them."
    )
    name = names.get(gap.same, _("A person"))
    return GapLine(when, words.format(position=position, name=name), nobody=False)
