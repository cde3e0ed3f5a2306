"""Versions of the catalogue's texts."""

import uuid

from django.db import models
from django.db.models.functions import Now

from audit.append_only import AppendOnly


class Intervention(AppendOnly):
    """One version of one catalogue entry, as its file held it (see `recommendations/catalogue/`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_catalogue_text_per_version"),
        ]
