"""The one writer of the audit log: an entry is written in the transaction of what it tells about."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit import actions, canonical
from audit.copying import copy_in
from audit.facts import Fact, checked, code
from audit.middleware import current_request_id
from audit.models import SALT_OCTETS, AuditEntry
from audit.seals import seals


class OutsideTransaction(RuntimeError):
    """Raised when an entry is to be written where what it tells about could be kept without it."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What `record` takes, for those who write many at once."""

    action: str
    at: datetime
    by: UUID | None
    role: str
    patient_id: UUID | None = None
    record_number: str = ""
    subject_kind: str = ""
    subject_id: str | UUID = ""
    reason: str = ""
    facts: Mapping[str, Fact] | None = None
    request_id: str = ""


def record(
    *,
    action: str,
    at: datetime,
    by: UUID | None,
    role: str,
    patient_id: UUID | None = None,
    record_number: str = "",
    subject_kind: str = "",
    subject_id: str | UUID = "",
    reason: str = "",
    facts: Mapping[str, Fact] | None = None,
    request_id: str = "",
) -> AuditEntry:
    """Write one entry in the caller's transaction; one query, no lock.

    `at` is when it happened (aware); the database adds when it was recorded. `by` is None for the software
    itself. `request_id` is that of the running request where none is given. Raises UnknownAction,
    UnfitFact, ValueError for a time without zone, and OutsideTransaction.
    """
    event = Event(
        action=action,
        at=at,
        by=by,
        role=role,
        patient_id=patient_id,
        record_number=record_number,
        subject_kind=subject_kind,
        subject_id=subject_id,
        reason=reason,
        facts=facts,
        request_id=request_id,
    )
    _require_transaction()
    entry = _sealed(event)
    entry.save()
    return entry


def record_many(events: Iterable[Event]) -> None:
    """Write many entries, in their order, with one COPY. Raises what `record` raises."""
    _require_transaction()
    copy_in([_sealed(event) for event in events])


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("An audit entry is written inside the transaction of what it tells about.")


def _sealed(event: Event) -> AuditEntry:
    """The event as a row, checked, salted and with the MAC that only the application can make."""
    entry = AuditEntry(
        action=actions.named(event.action).code,
        actor_id=event.by,
        actor_role=code(event.role, field="role", length=32),
        patient_id=event.patient_id,
        record_number=code(event.record_number, field="record_number", length=32),
        subject_kind=code(event.subject_kind, field="subject_kind"),
        subject_id=code(str(event.subject_id), field="subject_id"),
        reason=code(event.reason, field="reason"),
        facts=checked(event.facts),
        request_id=code(event.request_id or current_request_id(), field="request_id"),
        happened_at=event.at,
        salt=os.urandom(SALT_OCTETS),
    )
    entry.mac = seals().entry_mac(content_of(entry))
    return entry


def content_of(entry: AuditEntry) -> bytes:
    """The canonical content of an entry in memory, as `audit.canonical.content` words it."""
    return canonical.content(
        action=entry.action,
        actor_id=str(entry.actor_id or ""),
        actor_role=entry.actor_role,
        facts=canonical.facts_text(entry.facts),
        happened_at=canonical.instant(entry.happened_at),
        patient_id=str(entry.patient_id or ""),
        reason=entry.reason,
        record_number=entry.record_number,
        request_id=entry.request_id,
        salt=bytes(entry.salt).hex(),
        subject_id=entry.subject_id,
        subject_kind=entry.subject_kind,
    )
