"""My copy: everything of one's own on one page that prints well, and as a file for another system."""

from django.db import transaction
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.downloads import download
from dashboard.portal import copied, loaders, looked, reading, steps
from dashboard.portal.context import CopyPage
from dashboard.portal.when import Calendar, calendar_of
from dashboard.turn_to import turn_to
from recommendations import publications
from recommendations.publications import Published

MOST_LOOKED = 200
"""Lines of who has looked: months of them. All of them stand on their own page."""


@allow(PATIENT)
@require_http_methods(["GET", "POST"])
def copy(request: ActingRequest) -> HttpResponseBase:
    """The page, and by POST the file. Either is an entry of the log that only the clinic sees."""
    patient = loaders.me(request)
    ring, calendar = loaders.my_ring(patient), calendar_of(patient, at=request.at)
    published = reading.read_plan(request, patient, ring)
    try:
        if request.method == "POST" and ring and published:
            return _file(request, patient, ring, published)
        page = _page(patient, ring, published, calendar)
    except CannotOpen:
        page = _closed(patient, calendar)
    _log(request, patient, "page")
    return render(request, "portal/copy.html", {"page": page}, status=503 if page.closed else 200)


def _file(request: ActingRequest, patient: Patient, ring: Ring, published: Published) -> HttpResponseBase:
    bundle = publications.copy_for_patient(patient, ring, published, at=request.at)
    _log(request, patient, "fhir")
    name = f"{patient.record_number}-{calendar_of(patient, at=request.at).today.isoformat()}.json"
    return download(name=name, content_type=bundle.content_type, chunks=bundle.chunks())


def _log(request: ActingRequest, patient: Patient, form: str) -> None:
    with transaction.atomic():
        facts = {"format": form}
        log("own_copy_taken", by=request.actor, at=request.at, patient=patient, subject=patient, facts=facts)


def _page(patient: Patient, ring: Ring | None, published: Published | None, calendar: Calendar) -> CopyPage:
    if ring is None or published is None:
        return _closed(patient, calendar)
    estimate = published.estimate
    return CopyPage(
        as_of=calendar.full(calendar.now),
        zone=patient.zone.replace("_", " "),
        about=copied.about(patient, ring, calendar),
        withheld=reading.closed(published),
        steps=steps.plan(published, calendar),
        stops=steps.stops(published, calendar, over=turn_to(patient)),
        estimate=estimate.sentence if estimate else "",
        estimate_note=steps.estimate_note(estimate, calendar) if estimate else "",
        safety_plan=copied.plan_for_danger(patient, ring, calendar),
        check_ins=copied.check_ins(patient, ring, calendar),
        forms=copied.forms(patient, ring, calendar),
        numbers=copied.numbers(patient, calendar),
        consents=copied.consents(patient, calendar),
        looked=looked.newest(patient, calendar, count=MOST_LOOKED),
    )


def _closed(patient: Patient, calendar: Calendar) -> CopyPage:
    words = _("Your copy cannot be made just now. Nothing is lost. Please come back in a few minutes.")
    return CopyPage(as_of=calendar.full(calendar.now), zone=patient.zone.replace("_", " "), closed=words)
