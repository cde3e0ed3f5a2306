"""What a patient agreed to: by source and by purpose."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.models.patient import Patient
from clinic.models.user import User


class Source(models.TextChoices):
    """Where words and numbers come from. Later sources add a line here and their own switch."""

    CHECK_IN = "check_in", _("Check-ins")
    QUESTIONNAIRE = "questionnaire", _("Questionnaires")
    DEVICE = "device", _("Sleep and activity")
    IMPORTED = "imported", _("Records from elsewhere")


class Purpose(models.TextChoices):
    """What they may be used for; each is asked for on its own."""

    KEEP = "keep", _("Keep for myself")
    SHARE = "share", _("Share with my psychologist")
    AI_READINGS = "ai_readings", _("Use for AI readings")


class ConsentGrant(models.Model):
    """One agreement to one purpose for one source, to a text of a named version and language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=Source)
    purpose = models.CharField(max_length=20, choices=Purpose)
    text_version = models.CharField(max_length=20)
    text_language = models.CharField(max_length=10)
    text_digest = models.CharField(max_length=64)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_it_was_given",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="consent_source_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"),
            models.UniqueConstraint(
                fields=["patient", "source", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_standing_consent_per_source_and_purpose",
            ),
        ]
