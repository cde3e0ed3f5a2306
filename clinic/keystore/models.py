"""Wrapped keys. This table lies in a database of its own and is backed up apart, with a short retention:
a key that is destroyed here makes the patient's texts unreadable everywhere once that retention has passed."""

import uuid

from django.db import models
from django.db.models.functions import Now


class PatientKey(models.Model):
    """One version of one patient's data key, wrapped by the key-encryption key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient_id = models.UUIDField()
    version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient_id", "version"], name="one_key_per_patient_and_version"),
        ]
