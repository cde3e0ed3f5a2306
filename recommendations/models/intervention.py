"""The clinic's texts: versions of catalogue entries, who signed them for use here, and what ended their use."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.models.user import User


class Intervention(AppendOnly):
    """One version of one catalogue entry: as the program brought it, or as somebody here wrote it.

    Nobody has approved it by that: see TextSignature. `digest` is SHA-256 over the canonical bytes of `body`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_catalogue_text_per_version"),
            models.UniqueConstraint(fields=["id", "digest"], name="catalogue_text_of_a_digest"),
            models.CheckConstraint(
                condition=Q(written_at=None, written_by=None)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="catalogue_text_written_by_somebody_at_some_time",
            ),
        ]


class TextMeaning(models.TextChoices):
    """What the signer said with the signature."""

    FOR_USE = "for_use", _("I approve this text for use in this clinic")


class TextSignature(AppendOnly):
    """A psychologist approved exactly this version for use in this clinic, after signing in again.

    The database refuses it unless `digest` is that of the text, and refuses a suggestion without one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    meaning = models.CharField(max_length=20, choices=TextMeaning)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(meaning__in=TextMeaning.values), name="text_meaning_is_known"),
        ]


class WithdrawalReason(models.TextChoices):
    """Why a version is not used any more."""

    NOT_USED = "not_used", _("No longer used here")
    UNSAFE = "unsafe", _("Withdrawn as unsafe")


class TextWithdrawal(AppendOnly):
    """The end of a version's use, as a row of its own. It is not signed again: that takes a new version."""

    intervention = models.OneToOneField(
        Intervention, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    reason = models.CharField(max_length=20, choices=WithdrawalReason)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=WithdrawalReason.values), name="withdrawal_reason_is_known"
            ),
        ]


class UnsafeGround(models.TextChoices):
    """Why a step is held for unsafe. `NOT_SAID` stands only in rows from before a ground was asked for."""

    HARM = "harm", _("Somebody was harmed, or nearly")
    CONTRAINDICATION = "contraindication", _("A condition that speaks against it is missing or wrong")
    STOP = "stop", _("When to stop is missing or wrong")
    WORDS = "words", _("The words are wrong or can be misread")
    EVIDENCE = "evidence", _("New evidence speaks against it")
    NOT_SAID = "not_said", _("No reason was asked for")


class UnsafeStep(AppendOnly):
    """A step that the clinic holds for unsafe: every version of its code that there was at that moment.

    Nothing takes it back. A version that is written and signed afterwards is another text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    ground = models.CharField(max_length=20, choices=UnsafeGround)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=UnsafeGround.values), name="unsafe_ground_is_known"
            ),
        ]
        indexes = [models.Index(fields=["code", "-recorded_at"], name="unsafe_steps_of_a_code")]
