"""Messages between a patient and the people who care for them: human words, one conversation per record."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User


class Message(SealedModel):
    """One message. Its words never change; only that somebody on the other side has read it is added, once.

    `id` is the id of the form that it was typed into, so that a form sent twice is one message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    from_patient = models.BooleanField()
    words = SealedField(label="message.words")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | (Q(read_at__gte=F("sent_at"), read_by__isnull=False) & ~Q(read_by=F("sent_by"))),
                name="message_read_by_somebody_else_afterwards",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-sent_at", "-id"], name="messages_of_a_patient"),
            models.Index(
                fields=["patient", "from_patient"], condition=Q(read_at=None), name="messages_not_read"
            ),
            models.Index(fields=["sent_by", "-sent_at"], name="messages_of_a_writer"),
        ]
