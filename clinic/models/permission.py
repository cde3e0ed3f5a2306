"""django-guardian's mirror of the care relationships, with a direct foreign key to the patient.

Direct tables keep permission look-ups at one join; guardian's generic table made lists of 80 seconds elsewhere.
"""

from django.db import models
from guardian.models import UserObjectPermissionBase

from clinic.models.patient import Patient


class RecordPermission(UserObjectPermissionBase):
    """One permission of one user on one patient's record; written by `clinic.access` only."""

    # guardian finds this table by walking the patient's reverse relations, so this one has a name.
    content_object = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="record_permissions")
