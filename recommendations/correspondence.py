"""What staff write to a patient: words that a person typed, never those of a draft that nobody signed (`own_words`).

Messages, appointments and what staff write into a safety plan are stored by this road and by no other (import
contracts), so the guard stands once.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import keys, staff_appointments, staff_messages, staff_safety_plan
from clinic.actor import Actor
from clinic.models.appointment import Appointment
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.safety_plan import SafetyPlanEntry
from clinic.safety_plan_rows import NewWords
from clinic.slots import Slot
from clinic.staff_messages import MessageRefused
from recommendations.own_words import WordsOfADraft, quoted

__all__ = ["MessageRefused", "WordsOfADraft", "agree", "send", "write_safety_plan"]


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


@transaction.atomic
def write_safety_plan(
    *, patient: Patient, new: NewWords, by: Actor, at: dt.datetime
) -> tuple[SafetyPlanEntry | None, bool]:
    """Put what a psychologist typed, together with the patient, into the safety plan.

    Raises WordsOfADraft, ChangedMeanwhile, TooManyVersions, NotAllowed or clinic.keys.KeysUnavailable; then nothing was
    stored.
    """
    ring = keys.ring([patient.pk])
    if quoted(new.words, patient, ring, at=at):
        raise WordsOfADraft(
            _(
                "This was not kept: it holds words of an AI draft that nobody has signed. "
                "Write it in the patient’s own words."
            )
        )
    return staff_safety_plan.write(patient=patient, new=new, ring=ring, by=by, at=at)
