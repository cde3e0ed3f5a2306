"""How great a person judged the danger to be, and what is to be done for somebody’s safety."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.appointment import Appointment
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import User


class RiskLevel(models.IntegerChoices):
    """How great the danger is, as a person judged it after a structured assessment. Software sets none."""

    ENDED = 0, _("No further reassessment")
    LOW = 1, _("Low")
    MODERATE = 2, _("Moderate")
    HIGH = 3, _("High")


class StepDown(models.TextChoices):
    """Why a lower level was set."""

    ASSESSED = "assessed", _("Assessed again: the danger is less")
    PLAN_HOLDS = "plan_holds", _("The safety plan is in use and holds")
    ELSEWHERE = "elsewhere", _("Another service follows it now")
    MISTAKEN = "mistaken", _("The level before was a mistake")


class RiskAssessment(AppendOnly, SealedModel):
    """One judgement by one person. When it is due again is computed from it and never stored.

    `before` is the level that stood until then: a lower one has a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey(SafetyAlert, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.PositiveSmallIntegerField(choices=RiskLevel)
    level = models.PositiveSmallIntegerField(choices=RiskLevel)
    reason = models.CharField(max_length=20, choices=StepDown, blank=True)
    note = SealedField(label="risk-assessment.note", null=True)
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=RiskLevel.values), name="risk_level_is_known"),
            models.CheckConstraint(
                condition=Q(level__gte=F("before"), reason="")
                | (Q(level__lt=F("before")) & Q(reason__in=StepDown.values)),
                name="a_lower_risk_level_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-happened_at"], name="risk_of_a_patient")]


class Trigger(models.TextChoices):
    """What calls for another look at somebody's safety."""

    HIGH_RISK_STATUS = "high_risk_status", _("A high level was set")
    WORSENING = "worsening", _("A new alert of somebody with a level")
    MISSED_REASSESSMENT = "missed_reassessment", _("A reassessment was missed")
    MISSED_FOLLOW_UP = "missed_follow_up", _("A follow-up was missed")
    SAFETY_ACTION_OVERDUE = "safety_action_overdue", _("A safety task is overdue")
    MISSED_APPOINTMENT = "missed_appointment", _("An appointment was missed")
    UNABLE_TO_REACH = "unable_to_reach", _("They could not be reached")
    MANUAL = "manual", _("Raised by a person")
    NEW_CONCERN = "new_concern", _("A new concern of somebody with a level")
    MISSED_OUTREACH_WINDOW = "missed_outreach_window", _("Nobody spoke with them in time")
    FAILED_CONTACT_SEQUENCE = "failed_contact_sequence", _("Three attempts in a row failed")


class Todo(models.TextChoices):
    """What is to be done."""

    CALL = "call", _("Ring the person")
    CONTACTS = "contacts", _("Ring the people named in the safety plan")
    CONSULT = "consult", _("Speak with the duty lead")
    REASSESS = "reassess", _("Assess the risk again")
    PLAN = "plan", _("Go through the safety plan together")
    LOOK_IN = "look_in", _("Ask what those who looked in have found")
    LOOK = "look", _("Look at it and decide")


class SafetyTask(SealedModel):
    """One thing that is to be done by a certain time because of a trigger. It stays until a person has done it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    trigger = models.CharField(max_length=30, choices=Trigger)
    todo = models.CharField(max_length=20, choices=Todo)
    alert = models.ForeignKey(SafetyAlert, on_delete=models.PROTECT, null=True, related_name="+")
    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, null=True, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    note = SealedField(label="safety-task.note", null=True)
    due_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="trigger_is_known"),
            models.CheckConstraint(condition=Q(todo__in=Todo.values), name="safety_task_is_known"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="safety_task_done_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["assessment", "trigger", "todo"], name="one_task_for_an_assessment"
            ),
            models.UniqueConstraint(
                fields=["appointment", "trigger", "todo"], name="one_task_for_an_appointment"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="safety_tasks_to_do"),
            models.Index(fields=["patient", "-happened_at"], name="safety_tasks_of_a_patient"),
        ]
