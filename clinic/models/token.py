"""Tokens by which a program acts for a person: only their digest is kept."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.models.user import Role, User


class Scope(models.TextChoices):
    """What a token may be used for. It never allows more than its person may do in the token's role."""

    READ = "read", _("Read records")
    DECIDE = "decide", _("Decide about drafts")
    WRITE = "write", _("Save own check-ins")
    AUDIT = "audit", _("Read the audit log")


class ApiToken(models.Model):
    """One token of one person in one role, with an end. `label` is the person's own word for the program."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    label = models.CharField(_("name of the program"), max_length=40)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_passwords = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_ends_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody_at_some_time",
            ),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="token_has_a_scope"),
        ]
        indexes = [models.Index(fields=["user", "-made_at"], name="tokens_of_a_person")]
