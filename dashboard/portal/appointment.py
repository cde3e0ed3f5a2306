"""The next appointment, in the patient's own time, and as a file for a calendar that says nothing clinical."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic import appointments
from clinic.actor import log
from clinic.clock import zone_of
from clinic.keys import CannotOpen, Ring
from clinic.models.appointment import Appointment
from clinic.models.patient import Patient
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import loaders
from dashboard.portal.letters import name_of
from dashboard.portal.parts_messages import NextAppointment
from dashboard.portal.when import Calendar

STAMP = "%Y%m%dT%H%M%SZ"


def of_patient(patient: Patient, ring: Ring | None, calendar: Calendar) -> NextAppointment | None:
    """The next one, or None: one query."""
    found = appointments.upcoming(patient, at=calendar.now).first()
    if found is None:
        return None
    return NextAppointment(
        appointment_id=found.pk,
        when=_when(found, calendar),
        how=_("%(place)s with %(name)s, %(minutes)d minutes")
        % {
            "place": found.get_place_display(),
            "name": name_of(found.held_by),
            "minutes": found.minutes,
        },
        elsewhere=_elsewhere(found, patient),
        words=_words(found, ring),
    )


def _when(appointment: Appointment, calendar: Calendar) -> str:
    day = calendar.long_day(calendar.date_of(appointment.starts_at))
    return _("%(day)s, %(time)s") % {"day": day, "time": calendar.time(appointment.starts_at)}


def _elsewhere(appointment: Appointment, patient: Patient) -> str:
    """What the clinic's clocks show then, where they show something else than the patient's."""
    theirs = appointment.starts_at.astimezone(zone_of(patient.zone))
    if (theirs.date(), theirs.time()) == (appointment.day, appointment.time):
        return ""
    facts = {
        "day": date_format(appointment.day, "l"),
        "time": f"{appointment.time:%H:%M}",
    }
    return _("At the clinic it is %(day)s, %(time)s then.") % facts


def _words(appointment: Appointment, ring: Ring | None) -> str:
    if ring is None:
        return ""
    try:
        return appointment.unseal(ring, "words")
    except CannotOpen:
        return ""


@allow(PATIENT)
@require_GET
def calendar_file(request: ActingRequest, appointment: UUID) -> HttpResponse:
    """One appointment to come as an iCalendar file: when, and the one word "Appointment"."""
    patient = loaders.me(request)
    found = appointments.upcoming(patient, at=request.at).filter(pk=appointment).first()
    if found is None:
        raise Http404
    with transaction.atomic():
        log("appointment_downloaded", by=request.actor, at=request.at, patient=patient, subject=found)
    answer = HttpResponse(ics(found, at=request.at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def ics(appointment: Appointment, *, at: dt.datetime) -> str:
    """RFC 5545, in UTC: every calendar shows it in its own time. No name, no place, no clinic."""
    starts = appointment.starts_at.astimezone(dt.UTC)
    ends = starts + dt.timedelta(minutes=appointment.minutes)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Appointment//EN",
        "BEGIN:VEVENT",
        f"UID:{appointment.pk}",
        f"DTSTAMP:{at.astimezone(dt.UTC):{STAMP}}",
        f"DTSTART:{starts:{STAMP}}",
        f"DTEND:{ends:{STAMP}}",
        "SUMMARY:" + _("Appointment"),
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)
