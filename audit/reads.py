"""Reading the log for people: who has looked at a record, and the newest entries page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Max, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.db.models.functions import Cast

from audit import actions
from audit.actions import Action
from audit.models import AuditEntry


@dataclass(frozen=True)
class LogLine:
    """One entry as a page shows it. `number` is None until the entry has its place in the log.

    `happened_at` is what the application said, `recorded_at` what the database's clock said: only the second
    is evidence.
    """

    id: int
    number: int | None
    action: Action
    actor_id: UUID | None
    actor_role: str
    patient_id: UUID | None
    record_number: str
    subject_kind: str
    subject_id: str
    reason: str
    facts: dict[str, Any]
    request_id: str
    happened_at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class Page:
    """Lines, newest first, and the `before` that asks for the next page; None on the last one."""

    lines: tuple[LogLine, ...]
    next_before: int | None


def who_looked(patient_id: UUID, *, before: int | None = None, limit: int = 50) -> Page:
    """Who opened what is kept about one patient, newest first; one query.

    Every single opening is a line: joining those of one person on one day is for the page that shows them.
    """
    entries = AuditEntry.objects.filter(patient_id=patient_id, action__in=actions.READING_CODES)
    return _page(entries, before=before, limit=limit)


def last_openings(
    patient_ids: Collection[UUID], actor_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], datetime]:
    """When each of these people last opened the record of each of these patients; one query."""
    opened = AuditEntry.objects.filter(
        patient_id__in=patient_ids, actor_id__in=actor_ids, action__in=actions.READING_CODES
    )
    newest = opened.values_list("patient_id", "actor_id").annotate(last=Max("happened_at"))
    return {(patient, actor): last for patient, actor, last in newest if patient and actor}


def deeds(patient_id: UUID, *, codes: Collection[str], subject_id: str) -> list[tuple[str, UUID, datetime]]:
    """Who did which of these things to one subject of a patient, and when, oldest first; one query."""
    rows = AuditEntry.objects.filter(patient_id=patient_id, action__in=codes, subject_id=subject_id)
    found = rows.order_by("happened_at", "id").values_list("action", "actor_id", "happened_at")
    return [(action, actor, at) for action, actor, at in found if actor]


def about(subject: Combinable, *, code: str) -> QuerySet[AuditEntry]:
    """The entries of one action about a subject, for use in a query of the rows that it is the key of."""
    return AuditEntry.objects.filter(action=code, subject_id=Cast(subject, CharField()))


def entries_page(
    *,
    before: int | None = None,
    limit: int = 50,
    record_number: str | None = None,
    action: str | None = None,
    actor_id: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page:
    """The newest entries, of one record, action, person or span of time if asked; one query at any depth.

    The span is of `recorded_at`, the database's clock: from `since` until before `until`.
    """
    wanted = {
        "record_number": record_number,
        "action": action,
        "actor_id": actor_id,
        "recorded_at__gte": since,
        "recorded_at__lt": until,
    }
    entries = AuditEntry.objects.filter(**{name: value for name, value in wanted.items() if value})
    return _page(entries, before=before, limit=limit)


def history(
    patient_id: UUID, *, codes: Collection[str], after: tuple[datetime, object] | None, limit: int
) -> list[LogLine]:
    """What happened around one patient of these actions, newest first by the time that was said; one query.

    `after` is the moment and id of the last line that was shown: a true row comparison, at any depth.
    """
    entries = AuditEntry.objects.filter(patient_id=patient_id, action__in=codes)
    if after is not None:
        entries = entries.filter(TupleLessThan(Tuple(F("happened_at"), F("id")), after))
    rows = entries.order_by("-happened_at", "-id").values(*_COLUMNS, "sequenced__index")
    return [_line(row) for row in rows[:limit]]


def _page(entries: QuerySet[AuditEntry], *, before: int | None, limit: int) -> Page:
    if before is not None:
        entries = entries.filter(id__lt=before)
    # One row more than shown tells whether there is a next page, without a count.
    rows = list(entries.order_by("-id").values(*_COLUMNS, "sequenced__index")[: limit + 1])
    lines = tuple(_line(row) for row in rows[:limit])
    return Page(lines=lines, next_before=lines[-1].id if len(rows) > limit else None)


_COLUMNS = tuple(name for name in LogLine.__dataclass_fields__ if name != "number")


def _line(row: dict[str, Any]) -> LogLine:
    number = row.pop("sequenced__index")
    action = actions.of_stored(row.pop("action"))
    return LogLine(number=number, action=action, **row)
