"""Suggestions: the AI's drafts. No patient ever reads one."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User
from recommendations.models.intervention import Intervention
from recommendations.models.reading import MoodReading
from recommendations.models.release import ModelRelease
from recommendations.workflow import STATES, UNDECIDED, State


class Suggestion(SealedModel):
    """A draft of a plan item for one patient. Its words never change; only where it stands does.

    `digest` is keyed and covers the words, the catalogue version, the reading and the facts.
    `round` counts how often it was opened for a decision: a signature taken back opens the next round.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    reading = models.ForeignKey(MoodReading, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(ModelRelease, on_delete=models.PROTECT, related_name="+")
    body = SealedField(label="suggestion.body")
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    waiting_since = models.DateTimeField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=20, default=State.OPEN)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="suggestion_state_is_known"),
            models.UniqueConstraint(fields=["id", "patient"], name="suggestion_of_a_patient"),
            models.UniqueConstraint(
                fields=["patient", "code"],
                condition=Q(state__in=UNDECIDED),
                name="one_open_suggestion_per_patient_and_code",
            ),
        ]
        indexes = [
            models.Index(
                fields=["waiting_since", "id"], condition=Q(state__in=UNDECIDED), name="drafts_undecided"
            ),
            models.Index(fields=["patient", "-recorded_at"], name="suggestions_of_a_patient"),
        ]


class Opening(models.Model):
    """A draft, or one piece of its evidence, was opened by a reviewer: what was shown and when."""

    id = models.BigAutoField(primary_key=True)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=60, blank=True)
    shown_digest = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["suggestion", "user", "id"], name="openings_of_a_draft")]
