"""Reviews: what a psychologist decided about a draft, and why."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User
from recommendations.models.suggestion import Suggestion


class Verdict(models.TextChoices):
    """How a review ended."""

    APPROVED = "approved", _("Approved")
    AMENDED = "amended", _("Approved with changes")
    AUTHORED = "authored", _("Written by the psychologist")
    REJECTED = "rejected", _("Rejected")


SIGNED_VERDICTS = (Verdict.APPROVED, Verdict.AMENDED, Verdict.AUTHORED)


class Review(AppendOnly, SealedModel):
    """One decision. Append-only; what was shown, when it was opened and when decided stay for good (SR-62).

    `situation` is the keyed digest of all that the reviewer had before them; see `recommendations.situation`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    verdict = models.CharField(max_length=20, choices=Verdict)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    supporting = ArrayField(models.CharField(max_length=60), default=list)
    note = SealedField(label="review.note", null=True)
    situation = models.CharField(max_length=64)
    opened_at = models.DateTimeField(null=True)
    evidence_opened = models.PositiveSmallIntegerField(default=0)
    evidence_shown = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.AUTHORED, suggestion=None)
                | (~Q(verdict=Verdict.AUTHORED) & Q(suggestion__isnull=False)),
                name="only_an_authored_plan_has_no_draft",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.REJECTED, Verdict.AMENDED]) | Q(reasons__len__gt=0),
                name="rejections_and_changes_have_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.APPROVED, Verdict.AMENDED]) | Q(supporting__len__gt=0),
                name="an_approval_names_what_supports_it",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(decided_at__gte=F("opened_at")),
                name="decided_after_it_was_opened",
            ),
            models.UniqueConstraint(fields=["id", "patient"], name="review_of_a_patient"),
            models.UniqueConstraint(fields=["suggestion", "round"], name="one_decision_per_draft_and_round"),
        ]
        indexes = [
            models.Index(fields=["decided_by", "-decided_at"], name="reviews_of_a_person"),
            models.Index(fields=["patient", "-decided_at"], name="reviews_of_a_patient"),
        ]
