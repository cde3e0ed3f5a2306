"""What only the passing of time raises. The watch looks every few minutes, and so does whoever opens the safety list.

- `missed_reassessment`: the day has passed on which a risk was to be judged again.
- `missed_follow_up`: after "could not reach them" the owner of an open alert said when they try again, and half an hour
  after that time nothing is recorded. It is the only follow-up that anybody promises with a time; a reassessment and an
  appointment have triggers of their own.
- `missed_outreach_window`: an alert that somebody owns and nobody answered, at the moment in which its owner is
  reminded and the duty lead paged. Once for an alert: after it was opened again, pages remind without another task.
- `safety_action_overdue`: a safety task that nobody did within a day of its time. The steps of a safety plan have no
  days and are the person's own, so that the clinic's own tasks are the nearest thing that can be overdue. One such task
  stands for everything of a person that becomes overdue while it is to do, itself too: late tasks breed no late tasks.
  Nobody's whose care has ended, as with reassessments; an open alert is followed up whoever it is about.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from clinic.actor import SOFTWARE
from clinic.clock import local_date
from clinic.database.turns import take_turn
from clinic.models.alert_act import ActKind
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.risk import RiskAssessment, SafetyTask, Trigger
from clinic.models.safety import SafetyAlert
from clinic.oncall import windows
from clinic.safety import answering, cadence, triggers

A_DAY = dt.timedelta(days=1)

TALKING = dt.timedelta(minutes=30)
"""After the promised time a call may be going on that is recorded when it ends. The product's choice."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing that did not happen in time. `once_for` is the row that raises its task once; a reassessment's own
    is kept by a constraint."""

    trigger: Trigger
    patient: Patient
    once_for: UUID | None = None
    alert: SafetyAlert | None = None
    assessment: RiskAssessment | None = None


@transaction.atomic
def sweep(*, at: dt.datetime) -> int:
    """Raise the tasks of all that was missed until `at`; returns for how many things. Twice raises them once."""
    if not _missed(at=at):
        return 0
    take_turn("missed for safety")
    missed = _missed(at=at)
    for each in missed:
        triggers.raise_tasks(
            each.trigger,
            patient=each.patient,
            alert=each.alert,
            assessment=each.assessment,
            once_for=each.once_for,
            by=SOFTWARE,
            at=at,
        )
    return len(missed)


def _missed(*, at: dt.datetime) -> list[Missed]:
    """All of which no task was raised yet."""
    by_alert = [*_follow_ups(at=at), *_windows(at=at)]
    return [*_reassessments(at=at), *_not_raised(by_alert), *_late_tasks(at=at)]


def _reassessments(*, at: dt.datetime) -> Iterator[Missed]:
    clinic = Clinic.objects.first()
    if clinic is None:
        return
    today = local_date(at=at, zone=clinic.zone)
    late = [each.assessment for each in cadence.all_due(clinic, at=at) if each.is_overdue(today)]
    if not late:
        return
    raised = SafetyTask.objects.filter(assessment__in=late, trigger=Trigger.MISSED_REASSESSMENT)
    known = set(raised.values_list("assessment", flat=True))
    for row in late:
        if row.pk not in known:
            yield Missed(Trigger.MISSED_REASSESSMENT, row.patient, assessment=row)


def _follow_ups(*, at: dt.datetime) -> Iterator[Missed]:
    promised = answering.retries(at=at - TALKING).filter(kind=ActKind.NOT_REACHED)
    for act in promised.select_related("patient", "alert"):
        yield Missed(Trigger.MISSED_FOLLOW_UP, act.patient, act.pk, act.alert)


def _windows(*, at: dt.datetime) -> Iterator[Missed]:
    for alert in windows.missed(at=at):
        yield Missed(Trigger.MISSED_OUTREACH_WINDOW, alert.patient, alert.pk, alert)


def _not_raised(found: list[Missed]) -> list[Missed]:
    """Those without a task, done or not: one query, none for none."""
    ids = {_task_id(each.once_for, each.trigger): each for each in found if each.once_for}
    known = set(SafetyTask.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [each for key, each in ids.items() if key not in known]


def _task_id(origin: UUID, trigger: Trigger) -> UUID:
    todo, _within = triggers.RAISES[trigger][0]
    return triggers.id_for(origin, trigger, todo)


def _late_tasks(*, at: dt.datetime) -> list[Missed]:
    """The longest overdue task of each person, of those that no such task has stood for."""
    since = OuterRef("due_at") + A_DAY
    stood = SafetyTask.objects.filter(
        Q(done_at=None) | Q(happened_at__gte=since) | Q(done_at__gte=since),
        patient=OuterRef("patient"),
        trigger=Trigger.SAFETY_ACTION_OVERDUE,
    )
    late = triggers.to_do().filter(~Exists(stood), due_at__lte=at - A_DAY, patient__discharged_at=None)
    first: dict[UUID, SafetyTask] = {}
    for task in late.select_related("patient", "alert"):
        first.setdefault(task.patient_id, task)
    return [
        Missed(Trigger.SAFETY_ACTION_OVERDUE, task.patient, task.pk, task.alert) for task in first.values()
    ]
