"""Setting an appointment with what staff typed. Only `recommendations.correspondence` calls this; see there why."""

import datetime as dt

from django.utils.translation import gettext as _

from clinic import access, appointment_rows, appointments
from clinic.actor import Actor, log
from clinic.appointments import AppointmentRefused
from clinic.keys import Ring
from clinic.models.appointment import Appointment, Ending
from clinic.models.patient import Patient
from clinic.slots import Slot


def book(
    *,
    patient: Patient,
    slot: Slot,
    ring: Ring,
    by: Actor,
    at: dt.datetime,
    instead_of: Appointment | None = None,
) -> Appointment:
    """Set an appointment, in the caller's transaction; with `instead_of` that one is moved here.

    Raises AppointmentRefused or NotAllowed.
    """
    assert by.user is not None  # noqa: S101  software sets none
    access.check_may(by.user, access.REVIEW, patient, at=at)
    starts_at = appointments.moment(slot.day, slot.time, zone=slot.zone)
    if starts_at <= at:
        raise AppointmentRefused(_("Choose a time that is still to come."))
    if instead_of is not None:
        appointments.end(instead_of, Ending.MOVED, by=by, at=at)
    appointment = appointment_rows.store(
        patient=patient, slot=slot, starts_at=starts_at, ring=ring, by=by.user, at=at, instead_of=instead_of
    )
    action = "appointment_moved" if instead_of else "appointment_set"
    log(action, by=by, at=at, patient=patient, subject=appointment)
    return appointment
