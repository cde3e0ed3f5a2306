"""What staff write to a patient: words that a person typed, never those of a draft that nobody signed (`own_words`).

Messages and appointments are stored by this road and by no other (import contracts), so the guard stands once.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import keys, staff_appointments, staff_messages
from clinic.actor import Actor
from clinic.models.appointment import Appointment
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.slots import Slot
from clinic.staff_messages import MessageRefused
from recommendations.own_words import WordsOfADraft, quoted

__all__ = ["MessageRefused", "WordsOfADraft", "agree", "send"]


@transaction.atomic
def send(
    *, patient: Patient, words: str, submission: UUID, by: Actor, at: dt.datetime
) -> tuple[Message, bool]:
    """Send what a person typed; returns the message and whether it is new.

    Raises WordsOfADraft, MessageRefused, NotAllowed or clinic.keys.KeysUnavailable; then nothing was stored.
    """
    ring = keys.ring([patient.pk])
    if quoted(words, patient, ring, at=at):
        raise WordsOfADraft(
            _(
                "This was not sent: it holds words of an AI draft that nobody has signed. "
                "Sign the draft instead, or say it in your own words."
            )
        )
    return staff_messages.send(patient=patient, words=words, submission=submission, ring=ring, by=by, at=at)


@transaction.atomic
def agree(
    *, patient: Patient, slot: Slot, by: Actor, at: dt.datetime, instead_of: Appointment | None = None
) -> Appointment:
    """Set an appointment, or move `instead_of`, with the few words that a person typed for it.

    Raises WordsOfADraft, AppointmentRefused, NotAllowed or clinic.keys.KeysUnavailable; then nothing was stored.
    """
    ring = keys.ring([patient.pk])
    if slot.words and quoted(slot.words, patient, ring, at=at):
        raise WordsOfADraft(
            _(
                "These are words of an AI draft that nobody has signed. "
                "Sign the draft instead, or say in your own words where or how you meet."
            )
        )
    return staff_appointments.book(patient=patient, slot=slot, ring=ring, by=by, at=at, instead_of=instead_of)
