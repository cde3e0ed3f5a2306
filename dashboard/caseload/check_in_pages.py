"""All shared check-ins of one record with their notes, page by page: no note is out of reach."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.models.observation import Observation
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.check_ins import every_standing, line_of
from dashboard.caseload.cursors import After, Page, asked_for, page_of
from dashboard.caseload.loader import record_of


@allow(PSYCHOLOGIST)
@require_GET
def check_ins(request: ActingRequest, ref: str) -> HttpResponse:
    """The check-ins, newest first; none where the patient does not share them."""
    record = record_of(request, ref)
    page: Page[Observation] = Page([], "")
    if record.standing.shared:
        after = After("happened_at", "id", newest_first=True)
        page = page_of(every_standing(record.patient), after, asked_for(request, int))
    here = reverse("patient-check-ins", args=[ref])
    context = {
        "record": record,
        "banner": banner(request, record),
        "check_ins": [line_of(row, record.ring, patient=record.patient, at=request.at) for row in page.rows],
        "first_url": here if request.GET.get("after") else "",
        "next_url": f"{here}?after={page.next_after}" if page.next_after else "",
    }
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="check_ins")
    return render(request, "caseload/check_ins.html", context)
