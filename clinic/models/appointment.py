"""Appointments: when a patient and a member of staff meet."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User


class Place(models.TextChoices):
    """How they meet."""

    CLINIC = "clinic", _("At the clinic")
    VIDEO = "video", _("Video call")
    TELEPHONE = "telephone", _("Telephone call")
    HOME = "home", _("At the patient’s home")


class Ending(models.TextChoices):
    """Why an appointment no longer stands."""

    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    MISSED = "missed", _("They did not come")


class Appointment(SealedModel):
    """One appointment. A change is a new row that supersedes this one; both stay.

    `day` and `time` are what the clocks of `zone` show, and they are what was agreed; `starts_at` is the same moment
    for sorting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    time = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=20, choices=Place)
    words = SealedField(label="appointment.words", null=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__in=Place.values), name="appointment_place_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ending="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ending__in=Ending.values),
                name="appointment_ended_by_somebody_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["patient", "starts_at"], condition=Q(ended_at=None), name="appointments_of_a_patient"
            ),
        ]
