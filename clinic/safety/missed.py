"""Somebody did not come to an appointment: recorded by a person, and for a high risk three tasks at once (SR-31)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import access, appointments
from clinic.actor import Actor, log
from clinic.appointments import AppointmentRefused
from clinic.models.appointment import Appointment, Ending
from clinic.models.risk import RiskLevel, SafetyTask, Trigger
from clinic.safety import cadence, triggers


@transaction.atomic
def missed(*, appointment: Appointment, by: Actor, at: dt.datetime) -> list[SafetyTask]:
    """Record it. Of somebody whose risk is high: ring them at once, the people of their safety plan within the hour,
    and speak with the duty lead. Raises AppointmentRefused for one that is still to come or ended, NotAllowed."""
    assert by.user is not None  # noqa: S101  a person saw that nobody came
    access.check_may(by.user, access.REVIEW, appointment.patient, at=at)
    if appointment.starts_at > at:
        raise AppointmentRefused(_("This appointment is still to come."))
    appointments.end(appointment, Ending.MISSED, by=by, at=at)
    log("appointment_missed", by=by, at=at, patient=appointment.patient, subject=appointment)
    if cadence.level_of(appointment.patient_id) is not RiskLevel.HIGH:
        return []
    return triggers.raise_tasks(
        Trigger.MISSED_APPOINTMENT, patient=appointment.patient, appointment=appointment, by=by, at=at
    )
