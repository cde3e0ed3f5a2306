"""What was reported about a step, on the page of its text: counts of each version, then the reports, newest first."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import access
from clinic.clock import local_date
from dashboard.access import ActingRequest
from dashboard.caseload.cursors import After, asked_for, page_of
from dashboard.times import clinic_zone, said_date
from recommendations import effects
from recommendations.catalogue.texts import Text
from recommendations.effects import Effect, Tally

PAGE = 20
NEWEST = After("happened_at", "id", newest_first=True)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report: what was said, of which version and day; `url` leads to the record where one may open it."""

    words: str
    version: str
    day: str
    whose: str
    url: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What `catalogue/_reports.html` shows."""

    tallies: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    first_url: str
    next_url: str


def reported(request: ActingRequest, step: str, versions: list[Text]) -> Reported:
    """Four queries at most, however many reports there are. Raises Http404 for a cursor that is none."""
    tallies = effects.tallies(step)
    if not tallies:
        return Reported((), (), "", "")
    rows = effects.of_step(step).select_related("patient")
    page = page_of(rows, NEWEST, asked_for(request, UUID), size=PAGE)
    mine = set(
        access.record_ids(request.person, at=request.at).filter(
            patient__in=[row.patient_id for row in page.rows]
        )
    )
    here, zone = reverse("catalogue-text", args=[step]), clinic_zone()
    today = local_date(at=request.at, zone=zone)
    more = f"{here}?{urlencode({'after': page.next_after})}#reports" if page.next_after else ""
    return Reported(
        tallies=tuple(_tally(each) for each in tallies),
        lines=tuple(_line(each, mine, zone=zone, today=today) for each in effects.told(page.rows, versions)),
        first_url=f"{here}#reports" if request.GET.get("after") else "",
        next_url=more,
    )


def _tally(tally: Tally) -> str:
    words = ngettext(
        "Version %(version)s: %(count)d answer, something bad in %(bad)d.",
        "Version %(version)s: %(count)d answers, something bad in %(bad)d.",
        tally.answers,
    )
    return words % {"version": tally.version, "count": tally.answers, "bad": tally.bad}


def _line(effect: Effect, mine: set[UUID], *, zone: str, today: dt.date) -> ReportLine:
    """Somebody in another's care stays without number and link: this page says what happened, not to whom."""
    own = effect.patient in mine
    return ReportLine(
        words="; ".join(effect.signs) or _("Nothing bad"),
        version=effect.version,
        day=said_date(local_date(at=effect.happened_at, zone=zone), today=today),
        whose=effect.record_number if own else _("in the care of somebody else"),
        url=reverse("patient", args=[effect.record_number]) if own else "",
    )
