"""Questionnaires: versions of instruments as data, and what a person answered."""

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


class Instrument(AppendOnly):
    """One version of one instrument, as its file held it: items, codes, scoring, bands, licence, sources."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_instrument_per_version"),
        ]


class Mode(models.TextChoices):
    """Who filled the form in, and how it came here."""

    SELF = "self", _("Answered by the person")
    CLINICIAN = "clinician", _("Asked by a clinician")
    IMPORTED = "imported", _("From another system")


class SafetyState(models.TextChoices):
    """What the safety item of a form says. "Not reported" is never "no risk"."""

    NONE = "none", _("The form has no such item")
    NOT_REPORTED = "not_reported", _("Did not report on this form")
    REPORTED = "reported", _("Reported: positive screen")
    UNANSWERED = "unanswered", _("Not answered")


class QuestionnaireResponse(AppendOnly, SealedModel):
    """One filled form. Answers are sealed; the total is null where the instrument's rule allows none.

    The primary key is chosen by the form, so that a form sent twice makes one response. `answers` is JSON:
    {question code: value or null}. A correction is a new row that supersedes this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=Source)
    mode = models.CharField(max_length=20, choices=Mode)
    language = models.CharField(max_length=10)
    validated = models.BooleanField()
    answers = SealedField(label="questionnaire-response.answers")
    total = models.FloatField(null=True)
    missing = models.PositiveSmallIntegerField()
    safety_state = models.CharField(max_length=20, choices=SafetyState)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    zone = models.CharField(max_length=64)
    local_date = models.DateField()
    imported_from = models.ForeignKey(ImportedResource, on_delete=models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="response_mode_is_known"),
            models.CheckConstraint(
                condition=Q(safety_state__in=SafetyState.values), name="response_safety_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["patient", "-happened_at"], name="responses_of_a_patient")]
