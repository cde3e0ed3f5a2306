"""Taking a record out: what leaves and what stays is said first, then it is one of two files."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic.actor import log
from clinic.keys import CannotOpen
from clinic.models.consent import Source
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.downloads import download
from recommendations import exports
from recommendations.exports import Export

FORMS: dict[str, Callable[..., Export]] = {"fhir": exports.fhir, "csv": exports.numbers}


@allow(PSYCHOLOGIST)
@require_http_methods(["GET", "POST"])
def export(request: ActingRequest, ref: str) -> HttpResponseBase:
    """The page, and by POST the file. Either is an audit entry that the patient can see.

    For whoever treats: reading in danger or as second reader does not carry a record away.
    """
    record = record_of(request, ref, right=access.REVIEW)
    wanted = FORMS.get(request.POST.get("format", ""))
    if request.method == "POST" and wanted:
        try:
            made = wanted(patient=record.patient, by=request.actor, at=request.at)
        except CannotOpen:
            return _page(request, record, status=503, closed=True)
        return download(name=made.name, content_type=made.content_type, chunks=made.chunks)
    if request.method == "POST":
        return _page(request, record, status=422, chosen=False)
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="export")
    return _page(request, record)


def _page(
    request: ActingRequest, record: Record, *, status: int = 200, closed: bool = False, chosen: bool = True
) -> HttpResponse:
    shared = exports.shared(record.patient)
    context = {
        "record": record,
        "banner": banner(request, record),
        "shared": [source.label for source in Source if source in shared],
        "kept": [source.label for source in Source if source not in shared],
        "closed": closed,
        "chosen": chosen,
    }
    return render(request, "caseload/export.html", context, status=status)
