"""The profile: what is known about a person's life and health, each fact with its source, person and time."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.imported import ImportedResource
from clinic.models.patient import Patient
from clinic.models.user import User


class Topic(models.TextChoices):
    """What a fact is about."""

    DIAGNOSIS = "diagnosis", _("Diagnosis")
    MEDICATION = "medication", _("Medication")
    ALLERGY = "allergy", _("Allergy")
    CIRCUMSTANCE = "circumstance", _("Life and circumstances")
    HELPS = "helps", _("What helps")
    PREFERENCE = "preference", _("Wishes and preferences")
    GOAL = "goal", _("Goal")


class Origin(models.TextChoices):
    """Whose word it is."""

    PATIENT = "patient", _("Said by the person")
    STAFF = "staff", _("Recorded by staff")
    IMPORTED = "imported", _("From another system")


class ProfileFact(AppendOnly, SealedModel):
    """One fact in words, sealed. A correction is a new row that supersedes this one; ended facts have their own row.

    `dated` is the date as its source has it, whole or partial ("2022-02"), or empty. `code` is a public code such as
    "http://snomed.info/sct|35489007", or empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic)
    origin = models.CharField(max_length=20, choices=Origin)
    code = models.CharField(max_length=80, blank=True)
    words = SealedField(label="profile-fact.words")
    dated = models.CharField(max_length=32, blank=True)
    holds = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    imported_from = models.OneToOneField(
        ImportedResource, on_delete=models.PROTECT, null=True, related_name="+"
    )
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="profile_topic_is_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="profile_origin_is_known"),
        ]
        indexes = [models.Index(fields=["patient", "topic", "-recorded_at"], name="profile_of_a_patient")]
