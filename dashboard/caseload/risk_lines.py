"""What a person's risk page shows: every judgement, when the next is due, and the tasks."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.keys import CannotOpen, Ring
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.risk import RiskAssessment, RiskLevel, SafetyTask, StepDown, Todo, Trigger
from clinic.safety import cadence
from dashboard.safety.context import printed_name
from dashboard.times import said, said_date

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement as it was made."""

    level: str
    by: str
    when: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The level that stands, in how far it is due, and all that came before, newest first."""

    level: str
    due: str
    late: bool
    history: list[Judgement]


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `done` is "" while it is to do."""

    task_id: UUID
    todo: str
    trigger: str
    due: str
    late: bool
    note: str
    done: str


def judged(patient: Patient, ring: Ring, clinic: Clinic, *, at: dt.datetime) -> Judged:
    """One query."""
    rows = RiskAssessment.objects.filter(patient=patient).select_related("assessed_by__staff")
    found = list(rows.order_by("-recorded_at", "-happened_at")[:MOST_LISTED])
    history = [_judgement(row, ring, at=at, zone=clinic.zone) for row in found]
    due = cadence.due(found[0], clinic) if found else None
    if due is None:
        return Judged("", "", False, history)
    today = local_date(at=at, zone=clinic.zone)
    late = due.is_overdue(today)
    words = _("It was to be judged again by {date}.") if late else _("It is judged again by {date}.")
    day = said_date(due.on, today=today)
    return Judged(str(RiskLevel(found[0].level).label), words.format(date=day), late, history)


def _judgement(row: RiskAssessment, ring: Ring, *, at: dt.datetime, zone: str) -> Judgement:
    return Judgement(
        level=str(RiskLevel(row.level).label),
        by=printed_name(row.assessed_by),
        when=said(row.happened_at, at=at, zone=zone),
        reason=str(StepDown(row.reason).label) if row.reason else "",
        note=_opened(row, ring),
    )


def tasks_of(patient: Patient, ring: Ring, *, at: dt.datetime, zone: str) -> list[Task]:
    """Those that are to do, the first due first, then those that are done, newest first: one query."""
    rows = SafetyTask.objects.filter(patient=patient).select_related("done_by__staff", "patient")
    found = list(rows.order_by("-happened_at", "pk")[:MOST_LISTED])
    to_do = sorted((row for row in found if row.done_at is None), key=lambda row: row.due_at)
    return [_task(row, ring, at=at, zone=zone) for row in [*to_do, *(row for row in found if row.done_at)]]


def _task(row: SafetyTask, ring: Ring, *, at: dt.datetime, zone: str) -> Task:
    done = ""
    if row.done_by and row.done_at:
        words = _("Done by {name}, {when}")
        done = words.format(name=printed_name(row.done_by), when=said(row.done_at, at=at, zone=zone))
    return Task(
        task_id=row.pk,
        todo=str(Todo(row.todo).label),
        trigger=str(Trigger(row.trigger).label),
        due=said(row.due_at, at=at, zone=zone),
        late=row.done_at is None and row.due_at <= at,
        note=_opened(row, ring),
        done=done,
    )


def _opened(row: RiskAssessment | SafetyTask, ring: Ring) -> str:
    try:
        return row.unseal(ring, "note")
    except CannotOpen:
        return _("The note cannot be opened just now.")
