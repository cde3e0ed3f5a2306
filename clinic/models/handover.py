"""Care handed from one psychologist to another, and the signed plans that the new one looks at again."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.models.patient import Patient
from clinic.models.user import User


class Handover(AppendOnly):
    """One transfer of care: from whom, to whom, and who brought it about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_by=F("received_by")), name="handover_is_to_somebody_else"
            ),
        ]
        indexes = [models.Index(fields=["patient", "-handed_at"], name="handovers_of_a_patient")]


class HandedPlan(models.Model):
    """A signed plan that stood when care was handed over. It stands on; the new psychologist confirms it or stops it.

    `publication` is an id of a table that lies above this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    publication = models.UUIDField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "publication"], name="one_line_per_handed_plan"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="plan_confirmed_by_somebody_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["patient"], condition=Q(confirmed_at=None), name="plans_to_be_confirmed"),
        ]
