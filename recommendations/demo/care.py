"""Messages, appointments and changes of care in the demonstration clinic, through the operations that the pages use."""

import datetime as dt
from collections.abc import Mapping
from uuid import NAMESPACE_OID, UUID, uuid5

from clinic import access, access_checks, messages
from clinic.actor import Actor
from clinic.clock import local_date, zone_of
from clinic.models.appointment import Place
from clinic.models.message import Message
from clinic.models.patient import DischargeReason, Patient, TurnTo
from clinic.models.user import Role
from clinic.slots import Slot
from recommendations import correspondence, handover
from recommendations.demo.people import ELIAS, INES, MAYA
from recommendations.handover import Choice, Ending

TALKING = "CS-20418"
WAITING = "CS-19977"
HANDED_OVER = "CS-20690"
DISCHARGED = "CS-20836"
LOOKED_AT = frozenset({"CS-20418", "CS-19977", "CS-20311"})
CLOCKS = "Europe/London"

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
    """Everything of this module, as of `now`, for those of its people who are there."""
    maya, elias = staff[MAYA], staff[ELIAS]
    look_at_access(staff[INES], patients, now=now)
    if patient := patients.get(TALKING):
        talk(maya, patient, now=now)
        agree(maya, patient, now=now)
    if patient := patients.get(WAITING):
        ask(patient, now=now)
    if patient := patients.get(HANDED_OVER):
        hand_over(elias, maya, patient, at=now - dt.timedelta(hours=3))
    if patient := patients.get(DISCHARGED):
        let_go(elias, patient, at=now - dt.timedelta(hours=2))


def look_at_access(by: Actor, patients: Mapping[str, Patient], *, now: dt.datetime) -> None:
    """The administrator looked at the access to some records three weeks ago; the oldest wait to be looked at."""
    at = now - dt.timedelta(days=20)
    known = [patient.pk for number, patient in patients.items() if number in LOOKED_AT]
    standing = access.relationships(at=at).filter(patient__in=known)
    access_checks.check(care_ids=list(standing.values_list("pk", flat=True)), by=by, at=at)


def agree(by: Actor, patient: Patient, *, now: dt.datetime) -> None:
    """An appointment next week, by the clinic's clocks."""
    assert by.user is not None  # noqa: S101  staff are people
    day = local_date(at=now, zone=CLOCKS) + dt.timedelta(days=7)
    slot = Slot(day, dt.time(14), CLOCKS, 50, by.user, Place.VIDEO, "I ring you; no need to dial.")
    correspondence.agree(patient=patient, slot=slot, by=by, at=now - dt.timedelta(hours=20))


def hand_over(giver: Actor, receiver: Actor, patient: Patient, *, at: dt.datetime) -> None:
    """A person changes psychologist; the signed plan waits to be confirmed."""
    assert giver.user is not None  # noqa: S101  staff are people
    assert receiver.user is not None  # noqa: S101  staff are people
    handover.transfer(
        patient=patient, giver=giver.user, receiver=receiver.user, choice=Choice(), by=giver, at=at
    )


def let_go(by: Actor, patient: Patient, *, at: dt.datetime) -> None:
    """Treatment is complete."""
    ending = Ending(DischargeReason.COMPLETED, TurnTo.FAMILY_DOCTOR, stop_plans=False)
    handover.discharge(patient=patient, ending=ending, by=by, at=at)


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
    return dt.datetime.combine(day, time, zone_of(patient.zone))


def _send(patient: Patient, words: str, by: Actor, *, theirs: bool, at: dt.datetime) -> None:
    send = messages.write if theirs else correspondence.send
    send(patient=patient, words=words, submission=_submission(patient, words), by=by, at=at)


def _submission(patient: Patient, words: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{patient.record_number} message {words}")
