"""What was observed: a check-in's words, sealed, and its number, under the pseudonym."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.consent import Source
from clinic.models.imported import ImportedResource
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse

MOOD_LOWEST, MOOD_HIGHEST = 0, 10


class Signal(models.TextChoices):
    """What a number measures; unit, range and direction of each stand in `clinic.signals`."""

    MOOD = "mood", _("Mood")
    SLEEP = "sleep", _("Sleep")
    STEPS = "steps", _("Steps")
    ACTIVITY = "activity", _("Active time")
    SOCIAL = "social", _("Time with others")
    SCREEN = "screen", _("Screen time")
    PHQ9 = "phq9", _("PHQ-9")
    PHQ8 = "phq8", _("PHQ-8")
    GAD7 = "gad7", _("GAD-7")


class CheckIn(AppendOnly, SealedModel):
    """How a person said they were. Frozen when made: a correction is a new row that supersedes this one.

    The primary key is chosen by the form, so that a form sent twice makes one check-in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    zone = models.CharField(max_length=64)
    local_date = models.DateField()
    feelings = SealedField(label="check-in.feelings", null=True)
    note = SealedField(label="check-in.note", null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )

    class Meta:
        indexes = [models.Index(fields=["patient", "-happened_at"], name="check_ins_of_a_patient")]


class Observation(models.Model):
    """One number of one signal, read in bulk by scoring. Numbers name nobody; words stay in the check-in."""

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    signal = models.CharField(max_length=20, choices=Signal)
    source = models.CharField(max_length=20, choices=Source)
    value = models.FloatField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    local_date = models.DateField()
    check_in = models.OneToOneField(CheckIn, on_delete=models.PROTECT, null=True, related_name="observation")
    response = models.OneToOneField(
        QuestionnaireResponse, on_delete=models.PROTECT, null=True, related_name="observation"
    )
    imported_from = models.ForeignKey(ImportedResource, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(signal="mood") | Q(value__gte=MOOD_LOWEST, value__lte=MOOD_HIGHEST),
                name="mood_is_between_0_and_10",
            ),
        ]
        indexes = [
            models.Index(
                fields=["patient", "signal", "local_date"],
                include=["value", "source"],
                condition=Q(superseded_at=None),
                name="observations_to_score",
            ),
        ]
