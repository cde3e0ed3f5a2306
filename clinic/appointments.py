"""Appointments: set, moved, cancelled by staff. What the clock on the wall shows is what was agreed."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import Actor, log
from clinic.models.appointment import Appointment, Ending
from clinic.models.patient import Patient
from clinic.models.user import User

LONGEST_WORDS = 300
SHORTEST, LONGEST = 5, 480
"""Minutes of an appointment."""


class AppointmentRefused(Exception):
    """The appointment was not written; the message says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When, how long, with whom and how; `words` may say where. `zone` is the one whose clocks were meant."""

    day: dt.date
    time: dt.time
    zone: str
    minutes: int
    held_by: User
    place: str
    words: str = ""


def moment(day: dt.date, time: dt.time, *, zone: str) -> dt.datetime:
    """When the clocks of `zone` show this; of an hour that comes twice, the first. Raises AppointmentRefused for one
    that the change to summer time leaves out."""
    local = dt.datetime.combine(day, time, ZoneInfo(zone))
    found = local.astimezone(dt.UTC)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise AppointmentRefused(_("That time does not exist on that day: the clocks go forward."))
    return found


@transaction.atomic
def book(
    *, patient: Patient, slot: Slot, by: Actor, at: dt.datetime, instead_of: Appointment | None = None
) -> Appointment:
    """Set an appointment; with `instead_of` that one is moved here. Raises AppointmentRefused or NotAllowed."""
    assert by.user is not None  # noqa: S101  software sets none
    access.check_may(by.user, access.REVIEW, patient, at=at)
    starts_at = moment(slot.day, slot.time, zone=slot.zone)
    if starts_at <= at:
        raise AppointmentRefused(_("Choose a time that is still to come."))
    if instead_of is not None:
        _end(instead_of, Ending.MOVED, by=by, at=at)
    appointment = _made(patient, slot, starts_at, by=by.user, at=at)
    appointment.supersedes = instead_of
    appointment.seal(keys.ring([patient.pk]), words=slot.words)
    appointment.save(force_insert=True)
    action = "appointment_moved" if instead_of else "appointment_set"
    log(action, by=by, at=at, patient=patient, subject=appointment)
    return appointment


def _made(patient: Patient, slot: Slot, starts_at: dt.datetime, *, by: User, at: dt.datetime) -> Appointment:
    return Appointment(
        patient=patient,
        held_by=slot.held_by,
        day=slot.day,
        time=slot.time,
        zone=slot.zone,
        starts_at=starts_at,
        minutes=slot.minutes,
        place=slot.place,
        set_by=by,
        set_at=at,
    )


@transaction.atomic
def cancel(*, appointment: Appointment, by: Actor, at: dt.datetime) -> None:
    """Cancel an appointment that is still to come. Raises AppointmentRefused for one that ended already."""
    assert by.user is not None  # noqa: S101  software cancels none
    access.check_may(by.user, access.REVIEW, appointment.patient, at=at)
    end_for_change_of_care(appointment, by=by, at=at)


@transaction.atomic
def end_for_change_of_care(appointment: Appointment, *, by: Actor, at: dt.datetime) -> None:
    """The same where care itself changes, and whoever acts need not be in the care team."""
    _end(appointment, Ending.CANCELLED, by=by, at=at)
    log("appointment_cancelled", by=by, at=at, patient=appointment.patient, subject=appointment)


@transaction.atomic
def pass_on(appointment: Appointment, *, to: User, by: Actor, at: dt.datetime) -> Appointment:
    """The same appointment with somebody else, when care is handed over. Its words are sealed anew."""
    assert by.user is not None  # noqa: S101  a person hands over
    ring = keys.ring([appointment.patient_id])
    _end(appointment, Ending.MOVED, by=by, at=at)
    slot = Slot(
        day=appointment.day,
        time=appointment.time,
        zone=appointment.zone,
        minutes=appointment.minutes,
        held_by=to,
        place=appointment.place,
    )
    moved = _made(appointment.patient, slot, appointment.starts_at, by=by.user, at=at)
    moved.supersedes = appointment
    moved.seal(ring, words=appointment.unseal(ring, "words"))
    moved.save(force_insert=True)
    log("appointment_moved", by=by, at=at, patient=appointment.patient, subject=moved)
    return moved


def _end(appointment: Appointment, ending: Ending, *, by: Actor, at: dt.datetime) -> None:
    standing = Appointment.objects.filter(pk=appointment.pk, ended_at=None)
    if not standing.update(ended_at=at, ended_by=by.user, ending=ending):
        raise AppointmentRefused(_("This appointment was moved or cancelled already."))


def standing(patient: Patient) -> QuerySet[Appointment]:
    """Every appointment that was neither moved nor cancelled, the first one first."""
    rows = Appointment.objects.filter(patient=patient, ended_at=None)
    return rows.select_related("held_by__staff", "patient").order_by("starts_at", "id")


def upcoming(patient: Patient, *, at: dt.datetime) -> QuerySet[Appointment]:
    """Those that are still to come, the next one first."""
    return standing(patient).filter(starts_at__gt=at)
