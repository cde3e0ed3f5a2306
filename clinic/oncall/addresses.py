"""Where people are paged: kept sealed, opened only to send a page or to show somebody their own."""

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction

from clinic.actor import Actor, log
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.user import User
from clinic.oncall.sealing import Seal, SealLost

_SEAL = Seal(b"countersign/paging-address/1")


class AddressLost(Exception):
    """The address cannot be opened: it was changed, moved, or sealed under another key-encryption key."""


@transaction.atomic
def set_address(
    *, user: User | None, channel: Channel, address: str, by: Actor, at: dt.datetime
) -> PagingAddress:
    """Have `user`, or the clinic's own receiver, paged at this address from now on. What was there is deleted."""
    assert by.user is not None  # noqa: S101  software has no addresses
    PagingAddress.objects.filter(user=user, channel=channel).delete()
    row_id = uuid4()
    row = PagingAddress.objects.create(
        id=row_id,
        user=user,
        channel=channel,
        address=_SEAL.closed(address, row=row_id),
        added_by=by.user,
        added_at=at,
    )
    facts: dict[str, str | UUID] = {"channel": channel.value} | ({"user": user.pk} if user else {})
    log("paging_address_set", by=by, at=at, subject=row, facts=facts)
    return row


@transaction.atomic
def remove_address(*, user: User | None, channel: Channel, by: Actor, at: dt.datetime) -> bool:
    """Page them over this channel no more; False where there was no address."""
    deleted, _rows = PagingAddress.objects.filter(user=user, channel=channel).delete()
    if deleted:
        facts: dict[str, str | UUID] = {"channel": channel.value} | ({"user": user.pk} if user else {})
        log("paging_address_removed", by=by, at=at, subject=user, facts=facts)
    return bool(deleted)


def of(user: User | None) -> dict[str, str]:
    """The addresses of one person by channel; one that cannot be opened is shown as "". One query."""
    found = {}
    for row in PagingAddress.objects.filter(user=user):
        try:
            found[row.channel] = opened(row)
        except AddressLost:
            found[row.channel] = ""
    return found


def opened(row: PagingAddress) -> str:
    """The address in clear. Raises AddressLost."""
    try:
        return _SEAL.opened(bytes(row.address), row=row.pk)
    except SealLost as error:
        raise AddressLost(f"The paging address {row.pk} does not open.") from error
