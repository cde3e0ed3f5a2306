"""An invitation: who may open an account here, in which role, by a code that works once."""

import uuid

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from clinic.models.password_link import WrongProof
from clinic.models.user import Role, RoleGrant, User


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    GUESSED = "guessed", _("Void: too many wrong dates of birth")
    NOT_IN_CARE = "not_in_care", _("Void: whoever invited does not treat this person")
    INVITER_LEFT = "inviter_left", _("Void: whoever invited has left")


class InvitationRows(models.QuerySet["Invitation"]):
    """Invitations, with the question whether whoever invited may still do so."""

    def with_inviter(self, *, at: object) -> "InvitationRows":
        """Each with `inviter_stands`: an invitation ends with the access of the person who made it; and with `wrong`,
        how many wrong answers to who somebody is came with its code."""
        standing = RoleGrant.objects.filter(
            Q(ends_at=None) | Q(ends_at__gt=at),
            user=OuterRef("invited_by"),
            role=OuterRef("invited_as"),
            user__is_active=True,
            starts_at__lte=at,
        )
        tried = (
            WrongProof.objects.filter(code_digest=OuterRef("code_digest")).order_by().values("code_digest")
        )
        wrong = Coalesce(Subquery(tried.annotate(count=Count("pk")).values("count")), 0)
        return self.annotate(inviter_stands=Exists(standing), wrong=wrong).select_related("invited_by__staff")


class Invitation(models.Model):
    """One invitation. Of a patient it holds a record number and nothing that names the person.

    The code is random and kept as a digest alone. Once used or revoked a row never changes again (a guard).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=20, choices=Role)
    code_digest = models.CharField(max_length=64, unique=True)
    printed_name = models.CharField(_("printed name"), max_length=120, blank=True)
    title = models.CharField(_("professional title"), max_length=120, blank=True)
    licence_valid_until = models.DateField(null=True)
    record_number = models.CharField(_("record number"), max_length=12, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    treating = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_as = models.CharField(max_length=20, choices=Role)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = InvitationRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
                name="invitation_accepted_by_somebody_or_nobody",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_by_somebody_or_nobody",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.PATIENT, printed_name="", title="", licence_valid_until=None)
                & ~Q(record_number="")
                | ~Q(role=Role.PATIENT) & Q(record_number="", treating=None) & ~Q(printed_name=""),
                name="invitation_names_staff_and_never_a_patient",
            ),
            models.UniqueConstraint(
                fields=["record_number"],
                condition=Q(accepted_at=None, revoked_at=None) & ~Q(record_number=""),
                name="one_standing_invitation_per_record",
            ),
        ]
        indexes = [models.Index(fields=["-invited_at", "-id"], name="invitations_newest_first")]
