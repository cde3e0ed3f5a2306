"""The checks of the log that were made, kept in the log itself, and what the last of them said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.models import AuditEntry
from audit.record import content_of, record
from audit.seals import seals
from audit.verify import VerifyResult

ACTION = "audit_verified"


@dataclass(frozen=True)
class Outcome:
    """One check: when it was recorded, over how many entries, and whether it found the log whole."""

    at: datetime
    entries: int
    whole: bool


def keep(*, result: VerifyResult, by: UUID | None, role: str) -> AuditEntry:
    """Record the outcome of a check, in a transaction of its own if there is none."""
    facts: dict[str, str | int] = {
        "whole": result.whole,
        "entries": result.entries,
        "waiting": result.waiting,
        "head": result.head,
    }
    if result.finding:
        facts |= {"fault": result.finding.fault.value, "number": result.finding.number or 0}
    with transaction.atomic():
        return record(action=ACTION, at=result.checked_at, by=by, role=role, facts=facts)


def latest() -> Outcome | None:
    """The outcome of the newest check, or None where there was none. One query."""
    entry = AuditEntry.objects.filter(action=ACTION).order_by("-id").first()
    return _outcome(entry) if entry else None


def since(at: datetime) -> list[Outcome]:
    """The outcomes of all checks recorded from the moment `at` on, oldest first. One query."""
    entries = AuditEntry.objects.filter(action=ACTION, recorded_at__gte=at).order_by("id")
    return [_outcome(entry) for entry in entries]


def _outcome(entry: AuditEntry) -> Outcome:
    """An entry that does not carry the log's MAC says nothing good: it counts as a check that failed."""
    genuine = bytes(entry.mac) == seals().entry_mac(content_of(entry))
    return Outcome(
        at=entry.recorded_at,
        entries=entry.facts.get("entries", 0),
        whole=genuine and entry.facts.get("whole") is True,
    )
