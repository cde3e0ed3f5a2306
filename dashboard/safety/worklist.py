"""What is due for people's safety beside their alerts: attempts, reassessments and tasks, each one line."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.risk import RiskLevel, SafetyTask, Todo, Trigger
from clinic.models.user import User
from clinic.safety import answering, cadence, triggers
from clinic.safety.cadence import Due
from dashboard.safety.context import printed_name
from dashboard.safety.loader import MOST_LISTED, Known
from dashboard.times import said, said_date


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rows, before it is known whom this person may see by name."""

    retries: list[AlertAct]
    due: list[Due]
    tasks: list[SafetyTask]
    today: dt.date

    @property
    def patients(self) -> dict[UUID, Patient]:
        """Everybody who stands in one of them."""
        found = [act.patient for act in self.retries] + [each.assessment.patient for each in self.due]
        return {patient.pk: patient for patient in [*found, *(task.patient for task in self.tasks)]}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line. `ref` leads to the person's page, `alert_id` to an alert, `task_id` to saying that it is done: each
    empty where there is none, or for those outside this person's care. `late` where its time has passed."""

    name: str
    what: str
    when: str
    late: bool
    ref: str = ""
    alert_id: UUID | None = None
    task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Three lists, the most urgent first."""

    retries: list[WorkLine]
    reassessments: list[WorkLine]
    tasks: list[WorkLine]


def loaded(person: User, clinic: Clinic, *, at: dt.datetime) -> Loaded:
    """What is due, of the whole clinic: three queries."""
    acts = answering.retries(at=at).filter(alert__taken_by__isnull=False).exclude(patient__user=person)
    tasks = triggers.to_do().exclude(trigger=Trigger.MISSED_REASSESSMENT).exclude(patient__user=person)
    return Loaded(
        retries=list(
            acts.select_related("patient", "alert__taken_by__staff", "acted_by__staff")[:MOST_LISTED]
        ),
        due=[each for each in cadence.all_due(clinic, at=at) if each.assessment.patient.user_id != person.pk],
        tasks=list(tasks.select_related("patient", "raised_by__staff")[:MOST_LISTED]),
        today=local_date(at=at, zone=clinic.zone),
    )


def shown(work: Loaded, known: Known, *, by: User, at: dt.datetime, zone: str) -> Work:
    """The lines: by name inside this person's care. Of others only what is late, by record number, so that nothing
    falls between two chairs."""

    def mine(patient: Patient, late: bool) -> bool:
        return late or patient.pk in known.ids

    tasks = [task for task in work.tasks if mine(task.patient, task.due_at <= at)]
    due = [each for each in work.due if mine(each.assessment.patient, each.is_overdue(work.today))]
    return Work(
        retries=[_retry(act, known, by=by, at=at, zone=zone) for act in work.retries],
        reassessments=[_reassessment(each, known, today=work.today) for each in due],
        tasks=[_task(task, known, at=at, zone=zone) for task in tasks],
    )


def _name(patient: Patient, known: Known) -> str:
    identity = known.identities.get(patient.pk)
    return identity.name if identity else patient.record_number


def _ref(patient: Patient, known: Known) -> str:
    return patient.record_number if patient.pk in known.ids else ""


def _retry(act: AlertAct, known: Known, *, by: User, at: dt.datetime, zone: str) -> WorkLine:
    owner = act.alert.taken_by
    if act.kind == ActKind.TO_COLLEAGUE:
        words = _("{giver} handed this alert to {owner}")
        what = words.format(giver=printed_name(act.acted_by), owner=printed_name(owner) if owner else "")
    elif owner is not None and owner.pk == by.pk:
        what = _("Try to reach them again")
    else:
        what = _("{owner} is to try again").format(owner=printed_name(owner) if owner else "")
    moment = act.retry_at or act.happened_at
    return WorkLine(
        _name(act.patient, known), what, said(moment, at=at, zone=zone), late=True, alert_id=act.alert_id
    )


def _reassessment(due: Due, known: Known, *, today: dt.date) -> WorkLine:
    row, late = due.assessment, due.is_overdue(today)
    words = _("Assess the risk again: it was judged {level} by {name}")
    level = str(RiskLevel(row.level).label).lower()
    what = words.format(level=level, name=printed_name(row.assessed_by))
    if row.patient_id not in known.ids:
        what = _("A reassessment is overdue. Tell the care team.")
    when = _("was due {date}") if late else _("due {date}")
    day = said_date(due.on, today=today)
    return WorkLine(
        _name(row.patient, known), what, when.format(date=day), late, ref=_ref(row.patient, known)
    )


def _task(task: SafetyTask, known: Known, *, at: dt.datetime, zone: str) -> WorkLine:
    late, ours = task.due_at <= at, task.patient_id in known.ids
    what = f"{Todo(task.todo).label}. {Trigger(task.trigger).label}."
    return WorkLine(
        _name(task.patient, known),
        what if ours else _("A safety task is late. Tell the care team."),
        said(task.due_at, at=at, zone=zone),
        late,
        ref=_ref(task.patient, known),
        task_id=task.pk if ours else None,
    )
