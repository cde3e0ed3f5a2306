"""Storing a message that a member of staff typed. Only `recommendations.correspondence` calls this; see there why."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import access, message_rows, messages
from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.keys import Ring
from clinic.models.message import Message
from clinic.models.patient import Patient


class MessageRefused(Exception):
    """The message was not sent; the message of this says why."""


def send(
    *, patient: Patient, words: str, submission: UUID, ring: Ring, by: Actor, at: dt.datetime
) -> tuple[Message, bool]:
    """Store a message for the patient, in the caller's transaction; returns it and whether it is new.

    Raises NotAllowed outside the care team and MessageRefused after very many messages.
    """
    assert by.user is not None  # noqa: S101  a person types
    access.check_may(by.user, access.REVIEW, patient, at=at)
    take_turn(f"messages of {patient.pk}")
    if stored := Message.objects.filter(pk=submission, patient=patient, sent_by=by.user).first():
        return stored, False
    if messages.too_many(by, most=messages.MOST_OF_STAFF, at=at):
        raise MessageRefused(
            _("You have sent %(count)d messages within the hour. Please wait a little; your words are kept.")
            % {"count": messages.MOST_OF_STAFF}
        )
    message = message_rows.store(
        patient=patient,
        words=words,
        submission=submission,
        ring=ring,
        writer=by.user,
        from_patient=False,
        at=at,
    )
    log("message_sent", by=by, at=at, patient=patient, subject=message)
    return message, True
