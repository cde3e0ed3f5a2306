"""Questionnaires that are assigned, answers that are not sent yet, permissions of the owners of instruments."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument
from clinic.models.user import User


class InstrumentPermission(AppendOnly):
    """That an administrator recorded the permission to use an instrument: from whom, by which document, of what day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=40)
    owner = models.CharField(max_length=80)
    document = models.CharField(max_length=80)
    dated = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)


class Assignment(models.Model):
    """One instrument that a patient is asked to fill in: once from a day on, or every so many weeks until a day.

    It names the instrument and not a version: whoever fills it in gets the present one, and the response keeps it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    starts_on = models.DateField()
    every_weeks = models.PositiveSmallIntegerField(null=True)
    until = models.DateField(null=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_weeks=None, until=None)
                | Q(
                    every_weeks__isnull=False,
                    every_weeks__gte=1,
                    every_weeks__lte=52,
                    until__isnull=False,
                    until__gte=F("starts_on"),
                ),
                name="assignment_is_once_or_every_so_many_weeks",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_at__gte=F("assigned_at")),
                name="assignment_ended_by_somebody_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["patient", "key"],
                condition=Q(ended_at=None),
                name="one_standing_assignment_per_instrument",
            ),
        ]


class AnswersDraft(SealedModel):
    """Answers that a patient has not sent yet. Its id becomes the response's; sending deletes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    answers = SealedField(label="answers-draft.answers")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "instrument"], name="one_draft_per_instrument_version"
            ),
        ]
