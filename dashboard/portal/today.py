"""Today: how are you, what is asked for, the signed plan, the own mood, who has looked."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic.models.patient import Patient
from dashboard import languages
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import appointment, care_ended, charts, diary, fields, loaders, looked, steps
from dashboard.portal.asked.pages import asked_lines
from dashboard.portal.context import TodayPage
from dashboard.portal.parts import CheckInFields, StopLine
from dashboard.portal.pinned import pinned
from dashboard.portal.reading import closed, name_of, nothing, read_plan
from dashboard.portal.when import Calendar, calendar_of
from dashboard.turn_to import turn_to
from recommendations.publications import Published

WEEKS = 4
LOOKED_SHOWN = 3


@allow(PATIENT)
@require_GET
def today(request: ActingRequest) -> HttpResponse:
    """The patient's first page."""
    patient = loaders.me(request)
    ring, calendar = loaders.my_ring(patient), calendar_of(patient, at=request.at)
    published = read_plan(request, patient, ring)
    days = diary.day_moods(patient, since=charts.since(calendar, weeks=WEEKS))
    with translation.override(languages.of(request)):
        greeting, date = calendar.greeting(name_of(patient, ring)), calendar.long_day(calendar.today)
        check_in, last = _form(patient, request), _last(days, calendar)
    page = TodayPage(
        greeting=greeting,
        date=date,
        check_in=check_in,
        last_check_in=last,
        plan=steps.plan(published, calendar) if published else (),
        plan_closed=closed(published),
        nothing=nothing(published, patient, at=request.at),
        stops=_recent_stops(published, patient, calendar),
        chart=charts.mood(days, published.estimate if published else None, calendar, weeks=WEEKS),
        looked=looked.newest(patient, calendar, count=LOOKED_SHOWN),
        pinned=pinned(patient, at=request.at),
        ended=care_ended.notice(patient, calendar),
        appointment=appointment.of_patient(patient, ring, calendar),
        asked=tuple(line for line in asked_lines(patient, calendar) if line.is_open),
    )
    return render(request, "portal/today.html", {"page": page})


def _recent_stops(published: Published | None, patient: Patient, calendar: Calendar) -> tuple[StopLine, ...]:
    """What was taken out within two weeks; the plan's page tells it for good."""
    found = steps.stops(published, calendar, over=turn_to(patient)) if published else ()
    return tuple(each for each in found if each.recent)


def _form(patient: Patient, request: ActingRequest) -> CheckInFields:
    return fields.blank(
        action=reverse("portal-check-in"),
        submission=uuid4(),
        readers=fields.readers_of(patient, at=request.at),
    )


def _last(days: list[diary.DayMoods], calendar: Calendar) -> str:
    """What was entered today, so that nobody wonders whether it was saved."""
    if not days or days[-1].day != calendar.today:
        return ""
    moods = ", ".join(str(mood) for mood in days[-1].moods)
    return _("Saved today: %(moods)s.") % {"moods": moods}
