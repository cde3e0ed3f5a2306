"""The transactional outbox: what is to be sent to Celery, written in the caller's transaction."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class OutboxMessage(models.Model):
    """One task to publish, with ids only. Deleted when the broker has taken it.

    One with `sent_at` is never published: a task looks for it here (`clinic.outbox.keep`).
    """

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=80)
    arguments = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(sent_at=None), name="outbox_to_send")]
