"""Who signs in, and in which roles."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users. There is no superuser: nobody stands above the rules."""

    def create_user(self, sign_in_name: str, password: str | None = None, **fields: Any) -> "User":
        """A user who signs in with `sign_in_name`; without a password nobody can sign in yet."""
        user = self.model(sign_in_name=sign_in_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. It holds no name and no e-mail address: patients' names are sealed elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign_in_name = models.CharField(_("sign-in name"), max_length=40, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class StaffProfile(models.Model):
    """The public, professional side of a member of staff: the name that stands under a signature."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="staff")
    printed_name = models.CharField(_("printed name"), max_length=120)
    title = models.CharField(_("professional title"), max_length=120)
    licence_number = models.CharField(_("licence number"), max_length=40, blank=True)
    licence_valid_until = models.DateField(_("licence valid until"), null=True, blank=True)
    trained_on = models.DateField(_("trained to supervise AI drafts on"), null=True, blank=True)
    work_phone = models.BinaryField(null=True, editable=False)
    """The number at which colleagues ring them in an emergency, sealed (`clinic.oncall.phones`)."""


class Role(models.TextChoices):
    """What a person may do here. One person may hold two and acts in one at a time."""

    PSYCHOLOGIST = "psychologist", _("Psychologist")
    ADMINISTRATOR = "administrator", _("Administrator")
    PATIENT = "patient", _("Patient")


class RoleGrant(models.Model):
    """A role given to a person, with its start and its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="role_ends_after_its_start"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(ends_at=None), name="one_standing_grant_per_role"
            ),
        ]
