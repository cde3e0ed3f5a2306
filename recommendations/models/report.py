"""Effect reports: what a person said about a step when asked whether anything bad had happened."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from recommendations.models.publication import Publication


class EffectReport(AppendOnly, SealedModel):
    """One answer. `signs` are codes of the step's signed stop signs; none of them means that nothing bad happened.

    The primary key is chosen by the form, so that a form sent twice makes one report. `code` is the catalogue's code of
    the step, or empty for one that a psychologist wrote; after a report the software never suggests that step again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    signs = ArrayField(models.CharField(max_length=40), default=list)
    words = SealedField(label="effect-report.words", null=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-happened_at"], name="effect_reports_of_a_patient"),
            models.Index(fields=["code", "-happened_at", "-id"], name="effect_reports_of_a_step"),
        ]
