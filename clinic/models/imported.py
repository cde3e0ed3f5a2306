"""What came from other systems: one row per file, and each resource that was kept, in the words in which it came."""

import uuid

from django.db import models
from django.db.models.functions import Now

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User


class ImportBatch(AppendOnly):
    """One file that was taken in whole: counts and a keyed digest of it, no name and no word of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    format = models.CharField(max_length=20)
    content_digest = models.CharField(max_length=64)
    counts = models.JSONField()
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)


class ImportedResource(AppendOnly, SealedModel):
    """One resource of another system, sealed as it came. `identity` is what makes a second import find it again:
    a keyed digest, with a number behind it where one file holds the same resource more than once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    resource_type = models.CharField(max_length=40)
    identity = models.CharField(max_length=72)
    body = SealedField(label="imported-resource.body")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "resource_type", "identity"], name="one_imported_resource_per_identity"
            ),
        ]


class OutsideIdentifier(AppendOnly):
    """A keyed digest of a number under which another system knows a person: so the next import finds them again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)


class ImportConsent(AppendOnly, SealedModel):
    """Where the consent stands on which an import relied, in the words of whoever imported it, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    reference = SealedField(label="import-consent.reference")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
