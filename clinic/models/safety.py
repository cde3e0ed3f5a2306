"""Safety alerts: a person said something that another person must answer."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, Now
from django.utils.translation import gettext_lazy as _

from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User


class AlertLevel(models.IntegerChoices):
    """How soon a person must act; the same ladder as `clinic.safety.detect.Level` without its `none`."""

    CONCERN = 1, _("Concern")
    URGENT = 2, _("Urgent")
    EMERGENCY = 3, _("Emergency")


class AlertOutcome(models.TextChoices):
    """How an alert ended."""

    SPOKE = "spoke", _("Spoke with the person")
    HANDED_OVER = "handed_over", _("Handed to the crisis team")
    NO_DANGER = "no_danger", _("Read in full: no danger meant")
    LOOKED_IN = "looked_in", _("Somebody looked in on them")
    DUPLICATE = "duplicate", _("The same as another alert")
    RESOLVED = "resolved", _("Settled another way")


class SafetyAlert(SealedModel):
    """One alert with one owner. It discloses only the sentences that triggered it.

    `submission` is the id of the form that held the words: one form sent twice opens one alert. Other words in it
    open another; where they meet the same rules its id is made of the form's (`clinic.safety.opening`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=AlertLevel)
    categories = ArrayField(models.CharField(max_length=40))
    rules = ArrayField(models.CharField(max_length=80))
    rule_set = models.CharField(max_length=64)
    card = models.CharField(max_length=40)
    words = SealedField(label="safety-alert.words", null=True)
    submission = models.UUIDField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=AlertOutcome, blank=True)
    closing_note = SealedField(label="safety-alert.closing-note", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "submission", "level", "rules"],
                condition=Q(closed_at=None),
                name="one_open_alert_per_form_and_rules",
            ),
            models.CheckConstraint(condition=Q(level__in=AlertLevel.values), name="alert_level_is_known"),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="alert_taken_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | (Q(closed_at__gte=F("taken_at"), closed_by__isnull=False) & ~Q(outcome="")),
                name="alert_closed_by_its_owner_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-level", "happened_at"], condition=Q(closed_at=None), name="alerts_still_open"
            ),
            models.Index(fields=["patient", "-happened_at"], name="alerts_of_a_patient"),
        ]

    @property
    def begun_at(self) -> dt.datetime:
        """Since when it waits: never later than its record, however far ahead the clock was that wrote it."""
        return min(self.happened_at, self.recorded_at)


BEGUN_AT = Least("happened_at", "recorded_at")
"""`begun_at` of an alert, for queries."""
