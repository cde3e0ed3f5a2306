"""That an administrator looked at somebody's access to a record and found it right."""

import uuid

from django.db import models
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.models.care import CareRelationship
from clinic.models.user import User


class AccessCheck(AppendOnly):
    """One look at one care relationship: who, when. The newest counts; the ones before stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="+", db_index=False)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["care", "-checked_at"], name="access_checks_of_care")]
