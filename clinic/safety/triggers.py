"""What calls for another look at somebody's safety, and the tasks that it raises: one table says which, and by when.

Eight happen in an operation that a person or a text starts. What only the passing of time raises is in
`clinic.safety.overdue`.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet

from clinic import keys
from clinic.actor import SOFTWARE, Actor, log
from clinic.models.alert_act import ANSWERED, FAILED, ActKind, AlertAct
from clinic.models.appointment import Appointment
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
    Trigger.MISSED_FOLLOW_UP: ((Todo.CALL, AT_ONCE),),
    Trigger.SAFETY_ACTION_OVERDUE: ((Todo.CONSULT, AT_ONCE),),
    Trigger.MISSED_APPOINTMENT: ((Todo.CALL, AT_ONCE), (Todo.CONTACTS, HOUR), (Todo.CONSULT, 4 * HOUR)),
    Trigger.UNABLE_TO_REACH: ((Todo.LOOK_IN, 2 * HOUR),),
    Trigger.MISSED_OUTREACH_WINDOW: ((Todo.CALL, AT_ONCE),),
    Trigger.FAILED_CONTACT_SEQUENCE: ((Todo.CONSULT, AT_ONCE),),
    Trigger.MANUAL: ((Todo.LOOK, 24 * HOUR),),
}
"""What each trigger asks for and within which time. The hours are the product's choice, not a standard's."""

DONE_BY: Mapping[Trigger, frozenset[ActKind]] = {
    Trigger.MISSED_FOLLOW_UP: frozenset({*FAILED, *ANSWERED}),
    Trigger.MISSED_OUTREACH_WINDOW: frozenset(ANSWERED),
}
"""What about the same alert does these tasks: trying again is what the first asks for, reaching them the second."""


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
    once_for: UUID | None = None,
) -> list[SafetyTask]:
    """Raise the tasks of a trigger, in the caller's transaction; for the row `once_for` they are raised once."""
    made = []
    for todo, within in RAISES[trigger]:
        task = SafetyTask(
            id=id_for(once_for, trigger, todo) if once_for else uuid4(),
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
        log("safety_task_raised", by=by, at=at, patient=patient, subject=task, reason=trigger)
        task.save(force_insert=True)
        made.append(task)
    return made


def id_for(origin: UUID, trigger: Trigger, todo: Todo) -> UUID:
    """The id of a task that one row raises once: the database refuses a second."""
    return uuid5(origin, f"{trigger} {todo}")


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


def is_of_own(task: SafetyTask, by: Actor) -> bool:
    """Whether the task is to look at what `by` did: nobody reviews their own opening of a closed alert."""
    of_alert = task.trigger == Trigger.MANUAL and task.alert_id is not None
    return of_alert and by.user is not None and task.raised_by_id == by.user.pk


@transaction.atomic
def done(*, task: SafetyTask, by: Actor, at: dt.datetime) -> bool:
    """Say that a task is done; False where somebody did it before, or where it is to look at what `by` did."""
    if is_of_own(task, by):
        return False
    standing = SafetyTask.objects.filter(pk=task.pk, done_at=None)
    if not standing.select_for_update(no_key=True).values_list("pk").first():
        return False
    log("safety_task_done", by=by, at=at, patient=task.patient, subject=task, reason=task.todo)
    standing.update(done_at=at, done_by=by.user)
    return True


def done_by_assessing(patient_id: UUID, *, by: Actor, at: dt.datetime) -> None:
    """A new judgement is what these tasks asked for."""
    for task in to_do().filter(patient=patient_id, todo=Todo.REASSESS).select_related("patient"):
        done(task=task, by=by, at=at)


def done_by_reviewing(patient_id: UUID, *, by: Actor, at: dt.datetime) -> None:
    """Looking at the safety plan together is what these tasks asked for."""
    for task in to_do().filter(patient=patient_id, todo=Todo.PLAN).select_related("patient"):
        done(task=task, by=by, at=at)


def done_by_acting(act: AlertAct, *, by: Actor, at: dt.datetime) -> None:
    """What somebody did about an alert does the tasks that asked for just that: speaking with the person also every
    task to ring them, closing a concern the task to look at it. One query."""
    asked = Q(alert=act.alert_id, trigger__in=[each for each, kinds in DONE_BY.items() if act.kind in kinds])
    if act.kind == ActKind.SPOKE:
        asked |= Q(patient=act.patient_id, todo=Todo.CALL)
    if act.kind == ActKind.CLOSED:
        asked |= Q(alert=act.alert_id, trigger=Trigger.NEW_CONCERN)
    for task in to_do().filter(asked).select_related("patient"):
        done(task=task, by=by, at=at)
