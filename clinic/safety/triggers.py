"""What calls for another look at somebody's safety, and the tasks that it raises: one table says which, and by when.

Three triggers await later parts: `missed_follow_up` and `missed_outreach_window` need promised calls, and
`safety_action_overdue` needs the steps of a safety plan with days.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from clinic import keys
from clinic.actor import SOFTWARE, Actor, log
from clinic.clock import local_date
from clinic.database.turns import take_turn
from clinic.models.appointment import Appointment
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.risk import RiskAssessment, RiskLevel, SafetyTask, Todo, Trigger
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import cadence, notes

AT_ONCE, HOUR = dt.timedelta(0), dt.timedelta(hours=1)

RAISES: Mapping[Trigger, tuple[tuple[Todo, dt.timedelta], ...]] = {
    Trigger.HIGH_RISK_STATUS: ((Todo.PLAN, 24 * HOUR),),
    Trigger.WORSENING: ((Todo.REASSESS, 24 * HOUR),),
    Trigger.NEW_CONCERN: ((Todo.LOOK, 24 * HOUR),),
    Trigger.MISSED_REASSESSMENT: ((Todo.REASSESS, AT_ONCE),),
    Trigger.MISSED_APPOINTMENT: ((Todo.CALL, AT_ONCE), (Todo.CONTACTS, HOUR), (Todo.CONSULT, 4 * HOUR)),
    Trigger.UNABLE_TO_REACH: ((Todo.LOOK_IN, 2 * HOUR),),
    Trigger.FAILED_CONTACT_SEQUENCE: ((Todo.CONSULT, AT_ONCE),),
    Trigger.MANUAL: ((Todo.LOOK, 24 * HOUR),),
}
"""What each trigger asks for and within which time. The hours are the product's choice, not a standard's."""

AWAITED = frozenset(Trigger) - frozenset(RAISES)
"""Codes of SR-33 that nothing can raise yet."""


def raise_tasks(
    trigger: Trigger,
    *,
    patient: Patient,
    by: Actor,
    at: dt.datetime,
    alert: SafetyAlert | None = None,
    assessment: RiskAssessment | None = None,
    appointment: Appointment | None = None,
    note: str = "",
) -> list[SafetyTask]:
    """Raise the tasks of a trigger, in the caller's transaction."""
    made = []
    for todo, within in RAISES[trigger]:
        task = SafetyTask(
            id=uuid4(),
            patient=patient,
            trigger=trigger,
            todo=todo,
            alert=alert,
            assessment=assessment,
            appointment=appointment,
            due_at=at + within,
            raised_by=by.user,
            happened_at=at,
        )
        if note:
            task.seal(keys.ring([patient.pk]), note=note)
        task.save(force_insert=True)
        log("safety_task_raised", by=by, at=at, patient=patient, subject=task, reason=trigger)
        made.append(task)
    return made


def of_alert(alert: SafetyAlert, *, at: dt.datetime) -> None:
    """A new alert of somebody with a level calls for another look. One task of a kind at a time: one query, or two."""
    if cadence.level_of(alert.patient_id) is RiskLevel.ENDED:
        return
    trigger = Trigger.WORSENING if alert.level >= AlertLevel.URGENT else Trigger.NEW_CONCERN
    if not to_do().filter(patient=alert.patient_id, trigger=trigger).exists():
        raise_tasks(trigger, patient=alert.patient, alert=alert, by=SOFTWARE, at=at)


@transaction.atomic
def by_hand(*, patient: Patient, note: str, by: Actor, at: dt.datetime) -> SafetyTask:
    """Somebody asks for another look, and says why. Raises notes.NoteTooShort, keys.KeysUnavailable."""
    notes.check(note)
    return raise_tasks(Trigger.MANUAL, patient=patient, by=by, at=at, note=note)[0]


def to_do() -> QuerySet[SafetyTask]:
    """Every task that nobody has done yet, the first due first."""
    return SafetyTask.objects.filter(done_at=None).order_by("due_at", "pk")


@transaction.atomic
def done(*, task: SafetyTask, by: Actor, at: dt.datetime) -> bool:
    """Say that a task is done; False where somebody did it before."""
    if not SafetyTask.objects.filter(pk=task.pk, done_at=None).update(done_at=at, done_by=by.user):
        return False
    log("safety_task_done", by=by, at=at, patient=task.patient, subject=task, reason=task.todo)
    return True


def done_by_assessing(patient_id: UUID, *, by: Actor, at: dt.datetime) -> None:
    """A new judgement is what these tasks asked for."""
    for task in to_do().filter(patient=patient_id, todo=Todo.REASSESS).select_related("patient"):
        done(task=task, by=by, at=at)


@transaction.atomic
def sweep(*, at: dt.datetime) -> int:
    """Raise what the calendar raises: a reassessment whose day has passed. Running it twice raises it once."""
    clinic = Clinic.objects.first()
    if clinic is None:
        return 0
    today = local_date(at=at, zone=clinic.zone)
    late = [each.assessment for each in cadence.all_due(clinic, at=at) if each.is_overdue(today)]
    if not late:
        return 0
    take_turn("missed reassessments")
    raised = SafetyTask.objects.filter(assessment__in=late, trigger=Trigger.MISSED_REASSESSMENT)
    known = set(raised.values_list("assessment", flat=True))
    missed = [row for row in late if row.pk not in known]
    for row in missed:
        raise_tasks(Trigger.MISSED_REASSESSMENT, patient=row.patient, assessment=row, by=SOFTWARE, at=at)
    return len(missed)
