"""Mood readings: what a model release made of the check-ins up to one day."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.models.patient import Patient
from recommendations.models.release import ModelRelease


class MoodReading(AppendOnly):
    """The level on the day `as_of` (0 to 10), its interval and the own usual range, or why it was held back.

    `inputs_digest` and `digest` are SHA-256 over what went in and what came out: the same inputs and the same
    model release give the same digest, and a day that was scored twice is stored once.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(ModelRelease, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    level = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    usual_low = models.FloatField(null=True)
    usual_high = models.FloatField(null=True)
    days_of_evidence = models.PositiveSmallIntegerField()
    held_back = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=20)
    facts = models.JSONField(null=True)
    inputs_digest = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "as_of", "release", "inputs_digest"], name="one_reading_per_inputs"
            ),
            models.CheckConstraint(
                condition=Q(level=None, lower=None, upper=None)
                | Q(level__isnull=False, lower__isnull=False, upper__isnull=False),
                name="a_level_has_its_interval",
            ),
        ]
        indexes = [models.Index(fields=["patient", "as_of", "-id"], name="readings_of_a_patient")]
