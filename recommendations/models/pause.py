"""Pauses: a draft was put aside, until a day or until somebody answers. And the answers."""

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
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion


class PauseKind(models.TextChoices):
    """What an undecided draft waits for."""

    DEFERRED = "deferred", _("A day")
    COLLEAGUE = "colleague", _("A colleague’s answer")
    SESSION = "session", _("The next session")
    SCORING = "scoring", _("The next scoring run")


class DeferReason(models.TextChoices):
    """Why a draft is put aside for some days."""

    SEE_FIRST = "see_first", _("I see or ring the person first")
    NEEDS_FACTS = "needs_facts", _("Something must arrive first, such as a letter or a result")
    NEEDS_TIME = "needs_time", _("It needs more time than I have now")
    WRONG_WEEK = "wrong_week", _("This week is the wrong one for the person")


QUESTIONS = (PauseKind.COLLEAGUE, PauseKind.SESSION, PauseKind.SCORING)


class Pause(AppendOnly, SealedModel):
    """A draft was put aside once. The newest of a draft tells what it waits for while its state says that it does.

    Nothing marks the end: the draft's state moves on, and the audit log says how.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PauseKind)
    reason = models.CharField(max_length=20, choices=DeferReason, blank=True)
    until = models.DateTimeField(null=True)
    question = SealedField(label="pause.question", null=True)
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    after_reading = models.ForeignKey(MoodReading, on_delete=models.PROTECT, null=True, related_name="+")
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PauseKind.values), name="pause_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=PauseKind.DEFERRED, until__isnull=False, reason__in=DeferReason.values)
                | (~Q(kind=PauseKind.DEFERRED) & Q(until=None, reason="")),
                name="deferred_has_a_reason_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind=PauseKind.COLLEAGUE, asked_of__isnull=False)
                | (~Q(kind=PauseKind.COLLEAGUE) & Q(asked_of=None)),
                name="a_colleague_is_named",
            ),
            models.CheckConstraint(
                condition=Q(kind=PauseKind.SCORING, after_reading__isnull=False)
                | (~Q(kind=PauseKind.SCORING) & Q(after_reading=None)),
                name="the_next_run_is_after_a_reading",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[PauseKind.COLLEAGUE, PauseKind.SESSION]) | Q(question__isnull=False),
                name="a_question_has_words",
            ),
            models.UniqueConstraint(fields=["id", "patient"], name="pause_of_a_patient"),
        ]
        indexes = [
            models.Index(fields=["suggestion", "-paused_at", "-id"], name="pauses_of_a_draft"),
            models.Index(
                fields=["asked_of"], condition=Q(asked_of__isnull=False), name="asked_of_a_colleague"
            ),
        ]


class Answer(AppendOnly, SealedModel):
    """What a person answered, in their own words. One question is answered once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    pause = models.OneToOneField(Pause, on_delete=models.PROTECT, related_name="+")
    words = SealedField(label="answer.words")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
