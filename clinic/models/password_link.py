"""A code by which one person chooses a new password once, and wrong answers to who somebody is."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.models.user import User


class PasswordLink(models.Model):
    """One code for one account. It is random and kept as a digest alone; used or revoked a row never changes again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="password_link_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False, used_at=None),
                name="password_link_revoked_by_somebody_or_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("issued_by")), name="password_link_is_made_by_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, revoked_at=None),
                name="one_standing_password_link_per_person",
            ),
        ]


class WrongProof(AppendOnly):
    """Somebody had the right code of an invitation or a password link and said wrongly who they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_digest = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["code_digest"], name="wrong_proofs_of_a_code")]
