"""Messages, appointments and changes of care in the demonstration clinic, through the operations that the pages use."""

import datetime as dt
from collections.abc import Mapping
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from clinic import messages
from clinic.actor import Actor
from clinic.clock import local_date
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.user import Role
from recommendations import correspondence
from recommendations.demo.people import MAYA

TALKING = "CS-20418"
WAITING = "CS-19977"

TALK: tuple[tuple[int, dt.time, bool, str], ...] = (
    (5, dt.time(19, 40), True, "Thank you for the plan. Is it all right if the song is in the car?"),
    (4, dt.time(9, 5), False, "Of course. The car counts. Tell me next week how it was, or not at all."),
    (2, dt.time(18, 12), True, "I did it twice. The third day I slept instead."),
    (
        1,
        dt.time(13, 48),
        False,
        "Twice is what you set out to do, give or take a nap. See you next week. Maya",
    ),
)
"""Days ago, the time of day, whether the patient wrote it, and the words."""

ASKED = (
    1,
    dt.time(16, 20),
    "Could we have the next appointment by telephone? My car is at the garage.",
)


def present(staff: Mapping[str, Actor], patients: Mapping[str, Patient], *, now: dt.datetime) -> None:
    """Everything of this module, as of `now`."""
    talk(staff[MAYA], patients[TALKING], now=now)
    ask(patients[WAITING], now=now)


def talk(by: Actor, patient: Patient, *, now: dt.datetime) -> None:
    """A short conversation; the newest answer has not been read yet."""
    own = Actor(patient.user, Role.PATIENT)
    for days, time, theirs, words in TALK:
        at = _moment(patient, days, time, now=now)
        unread = Message.objects.filter(patient=patient, read_at=None)
        messages.mark_read(unread, patient=patient, by=own if theirs else by, at=at)
        writer = own if theirs else by
        _send(patient, words, writer, theirs=theirs, at=at)


def ask(patient: Patient, *, now: dt.datetime) -> None:
    """A message that nobody has read yet."""
    days, time, words = ASKED
    own = Actor(patient.user, Role.PATIENT)
    _send(patient, words, own, theirs=True, at=_moment(patient, days, time, now=now))


def _moment(patient: Patient, days: int, time: dt.time, *, now: dt.datetime) -> dt.datetime:
    """So many days ago at this time of day, by the patient's clock."""
    day = local_date(at=now, zone=patient.zone) - dt.timedelta(days=days)
    return dt.datetime.combine(day, time, ZoneInfo(patient.zone))


def _send(patient: Patient, words: str, by: Actor, *, theirs: bool, at: dt.datetime) -> None:
    send = messages.write if theirs else correspondence.send
    send(patient=patient, words=words, submission=_submission(patient, words), by=by, at=at)


def _submission(patient: Patient, words: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{patient.record_number} message {words}")
