"""The safety plan: a patient's own words, in seven sections, for the hours when it is hard to think of anything."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User


class Section(models.TextChoices):
    """The seven sections, in the order in which they are read when it gets hard."""

    WARNING_SIGNS = "warning_signs", _("How I notice that it is starting")
    COPING = "coping", _("What I can do myself")
    DISTRACTION = "distraction", _("People and places that take my mind off it")
    SUPPORT = "support", _("People I can ask for help")
    PROFESSIONALS = "professionals", _("Professionals and crisis lines")
    SURROUNDINGS = "surroundings", _("Making my surroundings safe")
    REASONS = "reasons", _("My reasons for living")


class SafetyPlanEntry(AppendOnly, SealedModel):
    """One version of one section. The highest number stands; without words the section was emptied.

    `id` is the id of the form that it was typed into.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, choices=Section)
    number = models.PositiveIntegerField()
    words = SealedField(label="safety-plan.words", null=True)
    by_patient = models.BooleanField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "section", "number"], name="safety_plan_versions_follow_each_other"
            ),
            models.CheckConstraint(
                condition=Q(section__in=Section.values), name="safety_plan_section_is_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="safety_plan_numbers_begin_at_one"),
        ]
        indexes = [models.Index(fields=["written_by", "-written_at"], name="safety_plan_of_a_writer")]


class SafetyPlanReview(AppendOnly):
    """That somebody of the care team looked at the whole plan with the patient."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["patient", "-reviewed_at"], name="reviews_of_a_safety_plan")]
