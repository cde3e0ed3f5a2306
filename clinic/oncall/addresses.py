"""Where people are paged: kept encrypted, opened only to send a page or to show somebody their own.

Staff have no key of their own as patients have, so these are sealed (AES-256-GCM) under a key of the clinic, derived
from the key-encryption key and bound to the row. Paging therefore needs no key store.
"""

import datetime as dt
import os
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from clinic.actor import Actor, log
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.user import User

NONCE_BYTES = 12


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
        address=_seal(address, row_id),
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
    sealed = bytes(row.address)
    try:
        return _cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _binding(row.pk)).decode()
    except (InvalidTag, ValueError) as error:
        raise AddressLost(f"The paging address {row.pk} does not open.") from error


def _seal(address: str, row_id: UUID) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, address.encode(), _binding(row_id))


def _cipher() -> AESGCM:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"countersign/paging-address/1")
    return AESGCM(kdf.derive(settings.KEYSTORE_KEK))


def _binding(row_id: UUID) -> bytes:
    return b"countersign/paging-address/1|" + row_id.bytes
