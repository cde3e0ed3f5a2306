"""What staff are told beside pages: that hours on call have nobody, and that where they are paged was changed.

Each is one message to one address, kept sealed in the outbox and carried by no broker, for the watch and a task that
look every few seconds. Where nobody is left to be told of hours, the message is kept without an address for the first
who can act. Nothing in it is about a patient.
"""

import datetime as dt
from base64 import b64encode
from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from clinic import outbox
from clinic.models.oncall import Channel, PagingAddress, Position, RotaSlot
from clinic.models.outbox import OutboxMessage
from clinic.oncall import gaps, rows
from clinic.oncall.gaps import Left

TASK = "clinic.tasks.send_notices"
LISTED = 5
LOOKS_AGAIN = dt.timedelta(minutes=1)
"""How often it is asked whether anybody can act to whom a kept notice goes."""


class Kind(StrEnum):
    """What somebody is told."""

    HOURS = "hours"
    ADDRESS = "address"


def tell_of_hours(left: Left, *, at: dt.datetime) -> None:
    """Tell the duty leads, and the clinic's own receiver, what the end of an access leaves without anybody.

    Where nobody can be told it is kept for the first who can act and has an address.
    """
    stretches = {"nobody": left.nobody, "turns": left.beside}
    facts = {
        name: [[start.isoformat(), end.isoformat()] for start, end in found]
        for name, found in stretches.items()
    }
    told = _to_tell(at=at)
    _put([*told, *_addresses(None)], Kind.HOURS, facts)
    if not told:
        outbox.keep(TASK, kind=Kind.HOURS.value, channel="", row="", sealed="", facts=facts)


def tells_anybody(*, without: UUID, at: dt.datetime) -> bool:
    """Whether somebody would be told of hours if this person could no longer act."""
    return bool(_to_tell(at=at, without=without))


@transaction.atomic
def pass_on(message: OutboxMessage, *, at: dt.datetime) -> None:
    """Address a notice that was kept for the first who can act; it goes away with the hours that it tells of."""
    facts = _still_bare(message.arguments["facts"], at=at)
    told = _to_tell(at=at) if any(facts.values()) else []
    _put(told, Kind.HOURS, facts)
    if told or not any(facts.values()):
        message.delete()
        return
    message.due_at = at + LOOKS_AGAIN
    message.save(update_fields=["due_at"])


def _still_bare(facts: dict[str, list[list[str]]], *, at: dt.datetime) -> dict[str, list[list[str]]]:
    """What of these hours is still to come and has nobody now."""
    to_come = {
        name: [
            (max(at, start), end) for start, end in (map(dt.datetime.fromisoformat, each) for each in found)
        ]
        for name, found in facts.items()
    }
    read = rows.read(at=at)
    bare = [piece for start, end in to_come["nobody"] for piece in gaps.nobody(read, since=start, until=end)]
    kept = {"nobody": bare, "turns": [each for each in to_come["turns"] if each[0] < each[1]]}
    return {
        name: [[start.isoformat(), end.isoformat()] for start, end in found] for name, found in kept.items()
    }


def tell_of_address(
    before: Iterable[PagingAddress], changed: PagingAddress | None, channel: Channel, *, at: dt.datetime
) -> None:
    """Tell somebody that another person changed or removed where they are paged, at the addresses that they had; and at
    the new one where it is in the place of another. By e-mail, and over what they have where there is none."""
    standing = list(before)
    told = [row for row in standing if row.channel == Channel.EMAIL]
    told = told or standing
    if changed is not None and any(row.channel == channel for row in standing):
        told += [changed] if channel == Channel.EMAIL else []
    _put(told, Kind.ADDRESS, {"channel": channel.value, "removed": changed is None, "at": at.isoformat()})


def _to_tell(*, at: dt.datetime, without: UUID | None = None) -> list[PagingAddress]:
    """Of those who can act and have an address who leads on call; where nobody does, who is on the rota, else all."""
    able = rows.reachable(rows.read(at=at), rows.channels(), without=without).able
    slots = RotaSlot.objects.filter(removed_at=None, user__in=able)
    on_rota = set(slots.values_list("user", "position"))
    leads = {user for user, position in on_rota if position == Position.DUTY_LEAD}
    told = leads or {user for user, _position in on_rota} or able
    return [row for user in sorted(told) for row in _addresses(user)]


def _addresses(user: UUID | None) -> list[PagingAddress]:
    found = list(PagingAddress.objects.filter(user=user))
    return [row for row in found if row.channel == Channel.EMAIL] or found


def _put(told: Iterable[PagingAddress], kind: Kind, facts: dict[str, Any]) -> None:
    for row in told:
        sealed = b64encode(bytes(row.address)).decode()
        outbox.keep(TASK, kind=kind.value, channel=row.channel, row=str(row.pk), sealed=sealed, facts=facts)
