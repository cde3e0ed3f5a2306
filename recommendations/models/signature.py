"""Signatures, and the words that they cover."""

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
from recommendations.models.review import Review


class Kind(models.TextChoices):
    """What a patient may read: each is published by its own signature."""

    PLAN_ITEM = "plan_item", _("Plan item")
    MOOD_ESTIMATE = "mood_estimate", _("Mood estimate")


class Meaning(models.TextChoices):
    """What the signer said with the signature (21 CFR 11.50, SR-95)."""

    APPROVAL = "approval", _("I approve these words as my clinical decision")
    AMENDMENT = "amendment", _("I changed these words and approve them as my clinical decision")
    AUTHORSHIP = "authorship", _("I wrote these words as my clinical decision")


class SignedWords(AppendOnly, SealedModel):
    """All that the patient will see, as canonical JSON, stored once and never changed.

    `digest` is HMAC-SHA-256 under the patient's key over the canonical bytes; each read recomputes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    body = SealedField(label="signed-words.body")
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="words_kind_is_known"),
            models.UniqueConstraint(fields=["id", "patient", "digest"], name="words_of_a_patient_and_digest"),
        ]


class Signature(AppendOnly):
    """A person put their name under exactly these words: who, when, in which meaning, after signing in again.

    The database refuses it unless the review is an approving one, by the same person, of the same patient.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    words = models.OneToOneField(SignedWords, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    meaning = models.CharField(max_length=20, choices=Meaning)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "kind"], name="one_signature_per_review_and_kind"),
            models.UniqueConstraint(
                fields=["id", "patient", "words", "digest"], name="signature_of_a_patient_and_digest"
            ),
        ]
