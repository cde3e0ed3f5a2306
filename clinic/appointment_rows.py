"""Storing an appointment: called by `clinic.staff_appointments` and, with words that stood before, by
`clinic.appointments` (a contract)."""

import datetime as dt

from clinic.keys import Ring
from clinic.models.appointment import Appointment
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.slots import Slot


def store(
    *,
    patient: Patient,
    slot: Slot,
    starts_at: dt.datetime,
    ring: Ring,
    by: User,
    at: dt.datetime,
    instead_of: Appointment | None,
) -> Appointment:
    """Seal and keep one appointment, in the caller's transaction."""
    appointment = Appointment(
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
        supersedes=instead_of,
    )
    appointment.seal(ring, words=slot.words)
    appointment.save(force_insert=True)
    return appointment
