"""Storing a message: called by `clinic.messages` for patients and `clinic.staff_messages` for staff (a contract)."""

import datetime as dt
from uuid import UUID, uuid4

from clinic.keys import Ring
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.user import User


def store(
    *,
    patient: Patient,
    words: str,
    submission: UUID,
    ring: Ring,
    writer: User,
    from_patient: bool,
    at: dt.datetime,
) -> Message:
    """Seal and keep one message, in the caller's transaction. A form's id that is taken elsewhere gets another."""
    taken = Message.objects.filter(pk=submission).exists()
    message = Message(
        pk=uuid4() if taken else submission,
        patient=patient,
        from_patient=from_patient,
        sent_by=writer,
        sent_at=at,
    )
    message.seal(ring, words=words)
    message.save(force_insert=True)
    return message
