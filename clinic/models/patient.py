"""The person in care."""

import uuid
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.user import User


class DischargeReason(models.TextChoices):
    """Why care ended."""

    COMPLETED = "completed", _("Treatment is complete")
    OWN_WISH = "own_wish", _("At the person’s own wish")
    CARE_ELSEWHERE = "care_elsewhere", _("Care goes on elsewhere")
    MOVED_AWAY = "moved_away", _("Moved away")
    NO_CONTACT = "no_contact", _("No contact any more")


class TurnTo(models.TextChoices):
    """To whom a person whose care has ended can turn."""

    FAMILY_DOCTOR = "family_doctor", _("Their family doctor")
    OTHER_CLINIC = "other_clinic", _("The clinic that treats them now")
    THIS_CLINIC = "this_clinic", _("This clinic, by telephone")


class Patient(SealedModel):
    """A person in care. The UUID is the pseudonym under which everything else is kept.

    What names the person is sealed; the record number is opaque and is all that administrators see. While
    `discharged_at` is set the person is in nobody's care, and no AI is used for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_number = models.CharField(_("record number"), max_length=12, unique=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="patient")
    zone = models.CharField(_("time zone"), max_length=64)
    language = models.CharField(_("language"), max_length=10)
    name = SealedField(label="patient.name")
    pronouns = SealedField(label="patient.pronouns", null=True)
    birth_date = SealedField(label="patient.birth-date", null=True)
    phone = SealedField(label="patient.phone", null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    discharged_at = models.DateTimeField(null=True)
    discharged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    discharge_reason = models.CharField(max_length=20, choices=DischargeReason, blank=True)
    turn_to = models.CharField(max_length=20, choices=TurnTo, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(discharged_at=None, discharged_by=None, discharge_reason="", turn_to="")
                | Q(
                    discharged_at__isnull=False,
                    discharged_by__isnull=False,
                    discharge_reason__in=DischargeReason.values,
                    turn_to__in=TurnTo.values,
                ),
                name="discharged_by_somebody_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["discharged_at"], condition=Q(discharged_at__isnull=False), name="patients_discharged"
            ),
        ]
        permissions = [
            ("view_record", "Can open the record"),
            ("review_drafts", "Can decide about drafts"),
            ("answer_alerts", "Can answer safety alerts"),
        ]

    @property
    def key_owner(self) -> UUID:
        """The patient's own key."""
        return self.pk
