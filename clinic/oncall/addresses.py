"""Where people are paged: kept sealed, opened only to send a page or to show somebody their own."""

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction

from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.user import User
from clinic.oncall import notices
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
    _turn(user)
    row_id = uuid4()
    row = PagingAddress(
        id=row_id,
        user=user,
        channel=channel,
        address=_SEAL.closed(address, row=row_id),
        added_by=by.user,
        added_at=at,
    )
    log("paging_address_set", by=by, at=at, subject=row, facts=_facts(user, channel))
    _tell(user, row, channel, by=by, at=at)
    PagingAddress.objects.filter(user=user, channel=channel).delete()
    row.save(force_insert=True)
    return row


@transaction.atomic
def remove_address(*, user: User | None, channel: Channel, by: Actor, at: dt.datetime) -> bool:
    """Page them over this channel no more; False where there was no address."""
    _turn(user)
    standing = PagingAddress.objects.filter(user=user, channel=channel)
    if not standing.exists():
        return False
    log("paging_address_removed", by=by, at=at, subject=user, facts=_facts(user, channel))
    _tell(user, None, channel, by=by, at=at)
    standing.delete()
    return True


def _turn(user: User | None) -> None:
    """The rows are locked by nobody: the application's role may not update them."""
    take_turn(f"paging addresses of {user.pk if user else 'the clinic'}")


def _tell(
    user: User | None, changed: PagingAddress | None, channel: Channel, *, by: Actor, at: dt.datetime
) -> None:
    """Whoever is paged elsewhere from now on by somebody else's hand is told, while their old addresses stand."""
    if user is not None and by.user != user:
        notices.tell_of_address(PagingAddress.objects.filter(user=user), changed, channel, at=at)


def _facts(user: User | None, channel: Channel) -> dict[str, str | UUID]:
    return {"channel": channel.value} | ({"user": user.pk} if user else {})


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
