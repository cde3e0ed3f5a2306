"""The alert ledger: what was read of every text, what a change would have done, and the releases signed here."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import User
from clinic.safety.thresholds import LEAST, MOST

_IS_OBJECT = Exact(Func(F("thresholds"), function="jsonb_typeof", output_field=models.TextField()), "object")
THRESHOLDS_ARE_WHOLE = Q(
    _IS_OBJECT,
    thresholds__has_keys=["concern", "urgent"],
    thresholds__concern__gte=LEAST,
    thresholds__concern__lte=F("thresholds__urgent"),
    thresholds__urgent__lte=MOST,
)
"""Two numbers that rise. What is missing, is no number or lies beyond is refused: in JSON everything else sorts apart
from numbers, so that one of the bounds fails."""


class TextSource(models.TextChoices):
    """Where a patient entered what was read."""

    CHECK_IN = "check_in", _("Check-ins")
    MESSAGE = "message", _("Messages")
    QUESTIONNAIRE = "questionnaire", _("Questionnaires")
    PROFILE = "profile", _("Profile")
    SAFETY_PLAN = "safety_plan", _("Safety plan")
    EFFECT = "effect", _("Reports about a step")
    ACCOUNT = "account", _("Joining and signing in")
    IMPORTED = "imported", _("Records from elsewhere")
    OTHER = "other", _("Forms that were not stored")


class DangerReading(AppendOnly):
    """What the detector made of one text or answer: numbers and codes, never a word.

    `rules_level` is what the rules alone gave and `classifier` the classifier's own score, so that other thresholds
    can be tried on the past exactly. `release` is null where the shipped thresholds were in use. Read again with the
    same result it stays one row: its id is made of patient, submission and result.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=TextSource)
    submission = models.UUIDField()
    language = models.CharField(max_length=35, blank=True)
    level = models.PositiveSmallIntegerField()
    rules_level = models.PositiveSmallIntegerField()
    score = models.FloatField()
    classifier = models.FloatField()
    categories = ArrayField(models.CharField(max_length=40))
    rules = ArrayField(models.CharField(max_length=80))
    rule_set = models.CharField(max_length=64)
    alert = models.ForeignKey(SafetyAlert, on_delete=models.PROTECT, null=True, related_name="+")
    release = models.ForeignKey("DangerRelease", on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(source__in=TextSource.values), name="danger_source_is_known"),
            models.CheckConstraint(
                condition=Q(level__in=[0, *AlertLevel.values], rules_level__lte=F("level")),
                name="a_reading_never_lies_below_its_rules",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1, classifier__gte=0, classifier__lte=1),
                name="danger_scores_lie_between_0_and_1",
            ),
        ]
        indexes = [
            models.Index(fields=["alert"], condition=Q(alert__isnull=False), name="readings_of_an_alert"),
            models.Index(fields=["-happened_at", "id"], name="readings_newest_first"),
        ]


class DangerReplay(models.Model):
    """One trial of a change on the past. Its counts grow while a worker reads; what has ended stays as it is.

    `done` of `total` patients' texts were read. `last` is the last of them, so that a chunk that runs twice counts
    once. Nobody's words are in `result`: counts, codes and the ids of alerts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thresholds = models.JSONField()
    compared_with = models.JSONField()
    rule_set = models.CharField(max_length=64)
    classifier = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last = models.UUIDField(null=True)
    result = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, digest="") | Q(finished_at__isnull=False) & ~Q(digest=""),
                name="a_replay_ends_with_a_digest",
            ),
            models.CheckConstraint(condition=THRESHOLDS_ARE_WHOLE, name="danger_replay_tries_thresholds"),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="replays_newest_first")]


class ReleaseReason(models.TextChoices):
    """Why a release was signed."""

    FIRST = "first", _("The first release of this clinic")
    FALSE_ALARMS = "false_alarms", _("Fewer false alarms")
    MISSED = "missed", _("Fewer missed messages")
    INSTALLED = "installed", _("New rules or a new classifier were installed")
    REVIEW = "review", _("A regular review")


class DangerRelease(AppendOnly):
    """A model release of danger detection: these rules, this classifier, these thresholds, signed after this replay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    rule_set = models.CharField(max_length=64)
    classifier = models.CharField(max_length=64, blank=True)
    thresholds = models.JSONField()
    replay = models.OneToOneField(DangerReplay, on_delete=models.PROTECT, related_name="+")
    replay_digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=20, choices=ReleaseReason)
    lost = models.PositiveIntegerField(default=0)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=ReleaseReason.values), name="danger_release_has_a_reason"
            ),
            models.CheckConstraint(condition=THRESHOLDS_ARE_WHOLE, name="danger_release_signs_thresholds"),
        ]
