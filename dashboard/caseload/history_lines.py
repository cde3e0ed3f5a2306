"""The lines of a record's timeline in words: when by the clinic's clock, what, who, and the reason that was given."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.reads import LogLine
from clinic.clock import local_date, zone_of
from clinic.models.care import CareKind
from clinic.models.consent import Purpose, Source
from clinic.models.user import StaffProfile
from dashboard.caseload.loader import Record
from dashboard.times import said_date
from recommendations import catalogue
from recommendations.models.pause import DeferReason, PauseKind
from recommendations.review.reasons import EDITS, REJECTIONS
from recommendations.review.stop import stop_choices


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry, or several equal ones in a row."""

    time: str
    what: str
    detail: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day at the clinic, newest first."""

    day: str
    lines: list[HistoryLine]


def lines_of(entries: Sequence[LogLine], record: Record, *, at: dt.datetime) -> list[Day]:
    """The entries by day: one query for the names. Looking again and again is one line."""
    names = _names({each.actor_id for each in entries} | {_other(each) for each in entries})
    today = local_date(at=at, zone=record.zone)
    return [
        Day(said_date(day, today=today), _of_day(list(of_day), record, names))
        for day, of_day in groupby(
            entries, key=lambda each: local_date(at=each.happened_at, zone=record.zone)
        )
    ]


def _of_day(entries: list[LogLine], record: Record, names: dict[UUID, str]) -> list[HistoryLine]:
    return [_line(list(group), record, names) for _key, group in groupby(entries, key=_alike)]


def _alike(entry: LogLine) -> tuple[object, ...]:
    """What makes entries one line: looking again and again, or one form that records many facts."""
    many = entry.action.reads_record or entry.action.code == "screening_fact_recorded"
    return (entry.action.code, entry.actor_id) if many else (entry.id,)


def _line(group: list[LogLine], record: Record, names: dict[UUID, str]) -> HistoryLine:
    entry = group[0]
    count = len(group)
    times = ngettext("%(count)d time", "%(count)d times", count) % {"count": count} if count > 1 else ""
    other = _other(entry)
    details = (
        _reason(entry),
        _consent(entry, record.patient.user_id),
        names.get(other, "") if other else "",
        times,
    )
    return HistoryLine(
        time=f"{entry.happened_at.astimezone(zone_of(record.zone)):%H:%M}",
        what=entry.action.label,
        detail=" · ".join(part for part in details if part),
        who=_who(entry, record, names),
        url=_url(entry, record) if count == 1 else "",
    )


def _who(entry: LogLine, record: Record, names: dict[UUID, str]) -> str:
    if entry.actor_id is None:
        return _("the software")
    if entry.actor_id == record.patient.user_id:
        return record.identity.name
    return names.get(entry.actor_id) or _("a person at the clinic")


def _url(entry: LogLine, record: Record) -> str:
    """To the draft that an entry is about, for those who may decide about it."""
    if entry.subject_kind == "suggestion" and record.may_review:
        return reverse("draft", args=[record.patient.record_number, entry.subject_id])
    return ""


def _reason(entry: LogLine) -> str:
    """The coded reason of an entry in words; the codes of software and of pages say nothing to a reader."""
    if entry.action.code == "suggestion_drafted":
        return catalogue.name_of(entry.reason)
    return str(_reasons().get(entry.reason, ""))


def _reasons() -> dict[str, object]:
    kinds: Iterable[tuple[str, object]] = [
        *DeferReason.choices,
        *PauseKind.choices,
        *CareKind.choices,
        *stop_choices(),
    ]
    return {**EDITS, **REJECTIONS, **dict(kinds)}


def _consent(entry: LogLine, patient_user: UUID | None) -> str:
    source, purpose = entry.facts.get("source"), entry.facts.get("purpose")
    if source not in Source.values or purpose not in Purpose.values:
        return ""
    given = f"{Source(source).label}: {Purpose(purpose).label}"
    if entry.action.code == "consent_given" and entry.actor_id != patient_user:
        return _("%(what)s, as it was given elsewhere; recorded here by this person") % {"what": given}
    return given


def _other(entry: LogLine) -> UUID | None:
    """The person whom an entry is about beside the patient: whose care began or ended."""
    user = entry.facts.get("user")
    return UUID(str(user)) if user and entry.action.code in {"care_started", "care_ended"} else None


def _names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    found = StaffProfile.objects.in_bulk([each for each in ids if each is not None])
    return {pk: profile.printed_name for pk, profile in found.items()}
