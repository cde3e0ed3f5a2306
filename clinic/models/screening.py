"""Screening facts: what contraindications are checked against."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.models.patient import Patient
from clinic.models.user import User


class ScreeningState(models.TextChoices):
    """What is known. Unknown is an answer of its own and never counts as absent."""

    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")
    UNKNOWN = "unknown", _("Unknown")


class ScreeningSource(models.TextChoices):
    """Where the fact comes from."""

    INTERVIEW = "interview", _("Asked in a session")
    REFERRAL = "referral", _("Referral letter")
    RECORD = "record", _("Earlier record")


class ScreeningFact(AppendOnly):
    """One answer about one condition. The newest row of a code is the one that holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=ScreeningState)
    source = models.CharField(max_length=20, choices=ScreeningSource)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ScreeningState.values), name="screening_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["patient", "code", "-recorded_at"], name="screening_of_a_patient")]
