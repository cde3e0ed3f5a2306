"""The safety plan as staff read it: on the record's own page, and in short on the page of an alert."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic import safety_plan
from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from clinic.models.safety_plan import SafetyPlanEntry
from clinic.safety_plan import Part
from dashboard.safety.context import printed_name
from dashboard.times import said


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One section that holds words."""

    code: str
    title: StrOrPromise
    words: str
    written: str


@dataclass(frozen=True, slots=True)
class PlanInShort:
    """The plan in short: the sections with words in their order. `closed` where they cannot be opened just now."""

    lines: tuple[PlanLine, ...]
    looked_at: str
    closed: bool = False


def in_short(patient: Patient, ring: Ring | None, *, at: dt.datetime, zone: str) -> PlanInShort:
    """What the include `safety/_plan.html` shows: two queries. The caller has checked access and writes the entry."""
    try:
        parts = safety_plan.standing(patient, ring) if ring else None
    except CannotOpen:
        parts = None
    if parts is None:
        return PlanInShort((), "", closed=True)
    lines = tuple(line_of(part, at=at, zone=zone) for part in parts if part.words)
    return PlanInShort(lines, looked_at(patient, at=at, zone=zone))


def line_of(part: Part, *, at: dt.datetime, zone: str) -> PlanLine:
    """One section as staff read it."""
    written_by = written(part.entry, at=at, zone=zone) if part.entry else ""
    return PlanLine(part.section, part.section.label, part.words, written_by)


def written(entry: SafetyPlanEntry, *, at: dt.datetime, zone: str) -> str:
    """Who wrote this version, and when."""
    when = said(entry.written_at, at=at, zone=zone)
    if entry.by_patient:
        return _("Written by the patient, %(when)s") % {"when": when}
    facts = {"name": printed_name(entry.written_by), "when": when}
    return _("Written with the patient by %(name)s, %(when)s") % facts


def looked_at(patient: Patient, *, at: dt.datetime, zone: str) -> str:
    """When it was last looked at together; "" where it never was. One query."""
    review = safety_plan.last_review(patient)
    if review is None:
        return ""
    facts = {
        "name": printed_name(review.reviewed_by),
        "when": said(review.reviewed_at, at=at, zone=zone),
    }
    return _("Looked at together by %(name)s, %(when)s") % facts
