"""Changing a draft's words before signing: the whole record stays beside the form."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.loader import Record
from dashboard.entrance.ended import ended
from dashboard.review.decided import decided
from dashboard.review.draft import page_context
from dashboard.review.entered import Entered, entered, initial
from dashboard.review.forms import WordsForm
from dashboard.review.loader import draft_of
from dashboard.review.stopped import stopped
from recommendations import openings
from recommendations.models.suggestion import Suggestion
from recommendations.review.rules import LONGEST
from recommendations.words import WordsChanged, draft_words


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """The draft's words in a form, or those that were typed already. `step=again`: the record is read afresh."""
    record, found = draft_of(request, ref, draft)
    typed = entered(request)
    if not record.standing.ai_allowed:
        return stopped(request, record, found, typed)
    try:
        words = initial(draft_words(found, record.ring))
    except WordsChanged:
        return redirect("draft", ref=ref, draft=draft)
    if typed.has_words:
        words = {name: typed.fields.get(name, "") for name in LONGEST}
    openings.draft_opened(suggestion=found, by=request.actor, at=request.at)
    seen = "" if request.POST.get("step") == "again" else typed.seen
    return editor(request, record, found, WordsForm(initial=words), typed, seen=seen)


def editor(
    request: ActingRequest, record: Record, found: Suggestion, form: WordsForm, typed: Entered, *, seen: str
) -> HttpResponse:
    """The record with the form in the place of the draft. Without `seen` it is this reading that counts."""
    page = page_context(request, record, found)
    ended_how = decided(found, record.ring, at=request.at, zone=record.zone)
    context = {
        "record": record,
        "draft": found,
        "decided": ended_how,
        "editor": form,
        "carried": typed.carried(),
        "resumed": typed.resumed,
        "seen": seen or getattr(page["page"], "seen", ""),
    }
    return render(request, "review/draft.html", context | page)
