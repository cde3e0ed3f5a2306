"""Appointments: what is agreed, what is cancelled or passed on. What the clock on the wall shows is what was agreed.

Staff set and move one through `recommendations.correspondence`, which keeps the words of AI drafts out of it.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinic import access, appointment_rows, keys
from clinic.actor import Actor, log
from clinic.clock import zone_of
from clinic.models.appointment import Appointment, Ending
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.slots import Slot

LONGEST_WORDS = 300
SHORTEST, LONGEST = 5, 480
"""Minutes of an appointment."""


class AppointmentRefused(Exception):
    """The appointment was not written; the message says why."""


def moment(day: dt.date, time: dt.time, *, zone: str) -> dt.datetime:
    """When the clocks of `zone` show this; of an hour that comes twice, the first. Raises AppointmentRefused for one
    that the change to summer time leaves out."""
    local = dt.datetime.combine(day, time, zone_of(zone))
    found = local.astimezone(dt.UTC)
    if found.astimezone(zone_of(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise AppointmentRefused(_("That time does not exist on that day: the clocks go forward."))
    return found


@transaction.atomic
def cancel(*, appointment: Appointment, by: Actor, at: dt.datetime) -> None:
    """Cancel an appointment that is still to come. Raises AppointmentRefused for one that ended already."""
    assert by.user is not None  # noqa: S101  software cancels none
    access.check_may(by.user, access.REVIEW, appointment.patient, at=at)
    end_for_change_of_care(appointment, by=by, at=at)


@transaction.atomic
def end_for_change_of_care(appointment: Appointment, *, by: Actor, at: dt.datetime) -> None:
    """The same where care itself changes, and whoever acts need not be in the care team."""
    end(appointment, Ending.CANCELLED, by=by, at=at)
    log("appointment_cancelled", by=by, at=at, patient=appointment.patient, subject=appointment)


@transaction.atomic
def pass_on(appointment: Appointment, *, to: User, by: Actor, at: dt.datetime) -> Appointment:
    """The same appointment with somebody else, when care is handed over. Its words are sealed anew."""
    assert by.user is not None  # noqa: S101  a person hands over
    ring = keys.ring([appointment.patient_id])
    end(appointment, Ending.MOVED, by=by, at=at)
    slot = Slot(
        day=appointment.day,
        time=appointment.time,
        zone=appointment.zone,
        minutes=appointment.minutes,
        held_by=to,
        place=appointment.place,
        words=appointment.unseal(ring, "words"),
    )
    moved = appointment_rows.store(
        patient=appointment.patient,
        slot=slot,
        starts_at=appointment.starts_at,
        ring=ring,
        by=by.user,
        at=at,
        instead_of=appointment,
    )
    log("appointment_moved", by=by, at=at, patient=appointment.patient, subject=moved)
    return moved


def end(appointment: Appointment, ending: Ending, *, by: Actor, at: dt.datetime) -> None:
    """End one that stands, in the caller's transaction. Raises AppointmentRefused for one that ended already."""
    standing = Appointment.objects.filter(pk=appointment.pk, ended_at=None)
    if not standing.update(ended_at=at, ended_by=by.user, ending=ending):
        raise AppointmentRefused(_("This appointment was moved or cancelled already."))


def standing(patient: Patient) -> QuerySet[Appointment]:
    """Every appointment that was neither moved nor cancelled, the first one first."""
    rows = Appointment.objects.filter(patient=patient, ended_at=None)
    return rows.select_related("held_by__staff", "patient").order_by("starts_at", "id")


def clashes(appointment: Appointment) -> bool:
    """Whether whoever holds it has another appointment in the same minutes, with anybody: one query."""
    start, end = appointment.starts_at, appointment.starts_at + dt.timedelta(minutes=appointment.minutes)
    near = Appointment.objects.filter(
        held_by=appointment.held_by_id,
        ended_at=None,
        starts_at__lt=end,
        starts_at__gt=start - dt.timedelta(days=1),
    ).exclude(pk=appointment.pk)
    return any(
        begins + dt.timedelta(minutes=minutes) > start
        for begins, minutes in near.values_list("starts_at", "minutes")
    )


def upcoming(patient: Patient, *, at: dt.datetime) -> QuerySet[Appointment]:
    """Those that are still to come, the next one first."""
    return standing(patient).filter(starts_at__gt=at)
