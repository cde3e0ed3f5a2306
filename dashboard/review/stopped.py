"""A draft of somebody for whom AI may not be used (any more): no word of the AI is shown, nothing typed is lost."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from clinic.actor import log
from dashboard.access import ActingRequest
from dashboard.caseload import toast
from dashboard.caseload.ai_state import ai_state
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record
from dashboard.review.decided import decided
from dashboard.review.entered import Entered
from recommendations.models.suggestion import Suggestion
from recommendations.review.rules import LONGEST


def stopped(
    request: ActingRequest, record: Record, draft: Suggestion, typed: Entered | None = None
) -> HttpResponse:
    """The page that says so. The psychologist's own words go on into a plan of their own, if they like."""
    refused = request.POST.get("step") == "sign"
    context = {
        "record": record,
        "banner": banner(request, record),
        "ai": ai_state(
            record.standing, by=request.person, at=request.at, zone=record.zone, alone=record.is_mine_alone
        ),
        "decided": decided(draft, record.ring, at=request.at, zone=record.zone),
        "kept": [(name, typed.fields.get(name, "")) for name in LONGEST] if typed and typed.has_words else [],
        "note": typed.fields.get("note", "") if typed else "",
        "refused": refused,
        "toast": toast.take(request),
    }
    if refused:
        by, at = request.actor, request.at
        with transaction.atomic():
            log("signing_refused", by=by, at=at, patient=record.patient, subject=draft, reason="ai_stopped")
    return render(request, "review/stopped.html", context)
