"""The person in care."""

import uuid
from uuid import UUID

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.user import User


class Patient(SealedModel):
    """A person in care. The UUID is the pseudonym under which everything else is kept.

    What names the person is sealed; the record number is opaque and is all that administrators see.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_number = models.CharField(_("record number"), max_length=12, unique=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="patient")
    zone = models.CharField(_("time zone"), max_length=64)
    language = models.CharField(_("language"), max_length=10)
    name = SealedField(label="patient.name")
    pronouns = SealedField(label="patient.pronouns", null=True)
    birth_date = SealedField(label="patient.birth-date", null=True)
    phone = SealedField(label="patient.phone", null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        permissions = [
            ("view_record", "Can open the record"),
            ("review_drafts", "Can decide about drafts"),
            ("answer_alerts", "Can answer safety alerts"),
        ]

    @property
    def key_owner(self) -> UUID:
        """The patient's own key."""
        return self.pk
