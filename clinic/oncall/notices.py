"""What staff are told beside pages: that hours on call have nobody, and that where they are paged was changed.

Each is one message to one address, kept sealed in the outbox and carried by no broker, for a task that looks every few
seconds. Nothing in it is about a patient.
"""

import datetime as dt
from base64 import b64encode
from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from clinic import outbox
from clinic.models.oncall import Channel, PagingAddress, Position, RotaSlot
from clinic.oncall import rows
from clinic.oncall.gaps import Left

TASK = "clinic.tasks.send_notices"
LISTED = 5


class Kind(StrEnum):
    """What somebody is told."""

    HOURS = "hours"
    ADDRESS = "address"


def tell_of_hours(left: Left, *, at: dt.datetime) -> None:
    """Tell the duty leads, and the clinic's own receiver, what the end of an access leaves without anybody."""
    stretches = {"nobody": left.nobody, "turns": left.beside}
    facts = {
        name: [[start.isoformat(), end.isoformat()] for start, end in found]
        for name, found in stretches.items()
    }
    for user in [*_leads(at=at), None]:
        _put(_addresses(user), Kind.HOURS, facts)


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


def _leads(*, at: dt.datetime) -> list[UUID]:
    """Those who can act and lead on call; where nobody does, who is on the rota, else everybody who can act."""
    able = rows.able(at=at)
    slots = RotaSlot.objects.filter(removed_at=None, user__in=able)
    on_rota = set(slots.values_list("user", "position"))
    leads = {user for user, position in on_rota if position == Position.DUTY_LEAD}
    return sorted(leads or {user for user, _position in on_rota} or able)


def _addresses(user: UUID | None) -> list[PagingAddress]:
    found = list(PagingAddress.objects.filter(user=user))
    return [row for row in found if row.channel == Channel.EMAIL] or found


def _put(told: Iterable[PagingAddress], kind: Kind, facts: dict[str, Any]) -> None:
    for row in told:
        sealed = b64encode(bytes(row.address)).decode()
        outbox.keep(TASK, kind=kind.value, channel=row.channel, row=str(row.pk), sealed=sealed, facts=facts)
