"""My mood: the chart, and every own check-in with its words, pauses named without comment."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic.intake import FEELINGS
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import charts, diary, loaders
from dashboard.portal.context import MoodPage
from dashboard.portal.diary import Entry
from dashboard.portal.parts import Line
from dashboard.portal.reading import read_plan
from dashboard.portal.when import Calendar, calendar_of


@allow(PATIENT)
@require_GET
def mood(request: ActingRequest) -> HttpResponse:
    """The patient's own mood."""
    patient = loaders.me(request)
    ring, calendar = loaders.my_ring(patient), calendar_of(patient, at=request.at)
    weeks = 8 if request.GET.get("weeks") == "8" else 4
    published = read_plan(request, patient, ring)
    days = diary.day_moods(patient, since=charts.since(calendar, weeks=weeks))
    before = _id(request.GET.get("before", ""))
    found = diary.page(patient, ring, before=before)
    here = reverse("portal-mood")
    page = MoodPage(
        chart=charts.mood(days, published.estimate if published else None, calendar, weeks=weeks, size=""),
        weeks=weeks,
        ranges=tuple(charts.HEADINGS),
        lines=tuple(_lines(found.entries, calendar)),
        older_url=f"{here}?weeks={weeks}&before={found.next_before}" if found.next_before else "",
        newer_url=f"{here}?weeks={weeks}" if before else "",
    )
    return render(request, "portal/mood.html", {"page": page})


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _lines(entries: tuple[Entry, ...], calendar: Calendar) -> list[Line]:
    """The entries, with a line for each pause between two of them."""
    lines: list[Line] = []
    for number, entry in enumerate(entries):
        lines.append(_line(entry, calendar))
        if number + 1 < len(entries):
            pauses = diary.gaps([entries[number + 1].day, entry.day], until=entry.day)
            lines.extend(Line(gap=_gap(pause, calendar)) for pause in pauses)
    return lines


def _gap(pause: diary.Gap, calendar: Calendar) -> str:
    days = {"first": calendar.day(pause.first), "last": calendar.day(pause.last)}
    return _("No check-ins from %(first)s to %(last)s") % days


def _line(entry: Entry, calendar: Calendar) -> Line:
    return Line(
        check_in_id=entry.check_in_id,
        when=calendar.listed(entry.happened_at),
        mood=entry.mood,
        feelings=", ".join(str(FEELINGS[code]) for code in entry.feelings),
        note=entry.note,
        corrected=entry.corrected,
        opened=entry.opened,
    )
