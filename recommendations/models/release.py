"""Versions of models and rule sets: immutable, named by every output."""

import uuid

from django.db import models
from django.db.models.functions import Now

from audit.append_only import AppendOnly


class ModelRelease(AppendOnly):
    """A version of a model or a rule set, with the digest of all that decides its answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    parameters = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_model_release_per_version"),
            models.UniqueConstraint(fields=["name", "digest"], name="one_model_release_per_digest"),
        ]
