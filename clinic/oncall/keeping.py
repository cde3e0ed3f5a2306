"""Keeping the rota: slots, and the clinic's numbers. Absences: `clinic.oncall.absences`. Only staff pages call this."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.database.turns import take_turn
from clinic.models.clinic import Clinic
from clinic.models.oncall import Position, RotaSlot
from clinic.oncall import rota, rows
from clinic.oncall.minutes import Minutes

WEEK = dt.timedelta(days=7)
ANY_WEEK = dt.date(2024, 1, 1)
"""A Monday: two slots overlap in every week or in none."""


class RotaRefused(Exception):
    """The rota was not changed; the message says why."""


class LastOfPosition(Exception):
    """The slot is the last of its position, and whoever takes it off was not asked yet; `alone`: of the whole rota."""

    def __init__(self, *, alone: bool) -> None:
        super().__init__()
        self.alone = alone


@dataclass(frozen=True, slots=True)
class NewSlot:
    """Who is on call in which position, on which day of each week between which times."""

    user: UUID
    position: Position
    weekday: int
    starts: dt.time
    ends: dt.time


@transaction.atomic
def add_slot(*, slot: NewSlot, by: Actor, at: dt.datetime) -> RotaSlot:
    """Put somebody on the rota. Raises RotaRefused for whoever cannot act, and where the position is held then."""
    assert by.user is not None  # noqa: S101  software is on no rota
    take_turn("the rota")
    if slot.user not in rows.able(at=at):
        raise RotaRefused(_("Only a psychologist who can sign in is put on the rota."))
    if any(_overlap(slot, row) for row in RotaSlot.objects.filter(position=slot.position, removed_at=None)):
        raise RotaRefused(_("Somebody holds this position at that time already. Remove their slot first."))
    row = RotaSlot(
        user_id=slot.user,
        position=slot.position,
        weekday=slot.weekday,
        starts=slot.starts,
        ends=slot.ends,
        added_by=by.user,
        added_at=at,
    )
    hours = {"starts": f"{row.starts:%H:%M}", "ends": f"{row.ends:%H:%M}"}
    log("rota_slot_added", by=by, at=at, subject=row, facts=_facts(row) | hours)
    row.save(force_insert=True)
    return row


@transaction.atomic
def add_slots(*, slots: Iterable[NewSlot], by: Actor, at: dt.datetime) -> int:
    """Put somebody on the rota on several days, or on none of them; returns how many slots."""
    return len([add_slot(slot=slot, by=by, at=at) for slot in slots])


@transaction.atomic
def remove_slot(*, slot: RotaSlot, by: Actor, at: dt.datetime, known: bool) -> bool:
    """Take a slot off the rota from now on; False where it was off already.

    Raises LastOfPosition where nobody would hold the position any more, unless that is `known`.
    """
    take_turn("the rota")
    standing = RotaSlot.objects.filter(pk=slot.pk, removed_at=None)
    others = set(
        RotaSlot.objects.filter(removed_at=None).exclude(pk=slot.pk).values_list("position", flat=True)
    )
    if not standing.exists():
        return False
    if not known and slot.position not in others:
        raise LastOfPosition(alone=not others)
    log("rota_slot_removed", by=by, at=at, subject=slot, facts=_facts(slot))
    standing.update(removed_by=by.user, removed_at=not_before("added_at", at=at))
    return True


@transaction.atomic
def set_minutes(*, minutes: Minutes, by: Actor, at: dt.datetime) -> None:
    """Set when each step is due. Raises RotaRefused beyond the bounds; the database refuses that too, whoever asks."""
    if minutes != minutes.bounded() or not minutes.go_up:
        raise RotaRefused(_("These times would leave somebody waiting for too long. Nothing was changed."))
    values = {
        "second_page_minutes": minutes.second,
        "lead_page_minutes": minutes.lead,
        "everybody_page_minutes": minutes.everybody,
        "emergency_contact_minutes": minutes.emergency_contact,
        "urgent_contact_minutes": minutes.urgent_contact,
    }
    if Clinic.objects.exclude(**values).update(**values):
        log("escalation_changed", by=by, at=at, facts=values)


def _facts(row: RotaSlot) -> dict[str, str | int | UUID]:
    return {"user": row.user_id, "position": row.position, "weekday": row.weekday}


def _overlap(slot: NewSlot, row: RotaSlot) -> bool:
    """Whether two slots meet in a week without a change of the clocks; Sunday's night reaches into Monday."""
    one, other = (_stretch(each.weekday, each.starts, each.ends) for each in (slot, row))
    return any(one[0] < end + shift and start + shift < one[1] for start, end in [other] for shift in _SHIFTS)


_SHIFTS = (-WEEK, dt.timedelta(0), WEEK)


def _stretch(weekday: int, starts: dt.time, ends: dt.time) -> tuple[dt.datetime, dt.datetime]:
    slot = rota.Slot(UUID(int=0), Position.FIRST, weekday, starts, ends)
    return rota.occurrence(slot, ANY_WEEK + dt.timedelta(days=weekday), "UTC")
