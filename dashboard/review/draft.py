"""The page of one draft, and what is told about its evidence being opened."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.clock import local_date
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload import toast
from dashboard.caseload.loader import Record
from dashboard.review import evidence
from dashboard.review.asked import talk_about
from dashboard.review.decided import decided
from dashboard.review.explain import explained
from dashboard.review.loader import draft_of
from dashboard.review.page import draft_page, opened_by
from dashboard.review.stopped import stopped
from recommendations import openings
from recommendations.models.suggestion import Suggestion


@allow(PSYCHOLOGIST)
@require_GET
def draft(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """One draft. Opening it is recorded, with the digest of what was shown."""
    record, found = draft_of(request, ref, draft)
    openings.draft_opened(suggestion=found, by=request.actor, at=request.at)
    if not record.standing.ai_allowed:
        return stopped(request, record, found)
    ended = decided(found, record.ring, at=request.at, zone=record.zone)
    context = {
        "record": record,
        "draft": found,
        "decided": ended,
        "talk": talk_about(found, record.ring, at=request.at, zone=record.zone),
        "toast": toast.take(request),
    }
    return render(request, "review/draft.html", context | page_context(request, record, found))


def page_context(request: ActingRequest, record: Record, found: Suggestion) -> dict[str, object]:
    """The page's own context; with `?parts=1` also what each check-in adds to the level."""
    page = draft_page(request, record, found, opened=opened_by(request, found))
    today = local_date(at=request.at, zone=record.patient.zone)
    parts = explained(found.reading, today=today) if request.GET.get("parts") else None
    return {"page": page, "banner": page.banner, "explained": parts}


@allow(PSYCHOLOGIST)
@require_POST
def evidence_opened(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """One piece of evidence was opened: recorded once, answered with how many are. It opens or closes nothing."""
    _record, found = draft_of(request, ref, draft)
    piece = request.GET.get("piece", "")
    try:
        openings.evidence_opened(suggestion=found, evidence=piece, by=request.actor, at=request.at)
    except openings.UnknownPiece as error:
        raise Http404 from error
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"words": evidence.opened_words(found, opened_by(request, found))})
    return redirect("draft", ref=ref, draft=draft)
