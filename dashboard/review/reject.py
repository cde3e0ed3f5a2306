"""Rejecting a draft: a reason, and words for another one. No password: it is as cheap as approving is careful."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner, draft_url
from dashboard.caseload.loader import Record
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.review.decided import decision_words
from dashboard.review.entered import entered
from dashboard.review.forms import RejectForm
from dashboard.review.loader import draft_of
from dashboard.review.stopped import stopped
from recommendations import openings, queue, review
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided, ReviewRefused
from recommendations.words import WordsChanged, draft_words
from recommendations.workflow import State


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def reject(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """`step=reject` rejects; everything else shows the reasons."""
    record, found = draft_of(request, ref, draft)
    if request.method == "GET" and (found.state != State.OPEN or not record.standing.ai_allowed):
        return redirect("draft", ref=ref, draft=draft)
    if not record.standing.ai_allowed:
        return stopped(request, record, found, entered(request))
    if request.POST.get("step") == "reject":
        form = RejectForm(request.POST)
        return (
            _rejected(request, record, found, form)
            if form.is_valid()
            else _page(request, record, found, form)
        )
    if not request.POST.get("seen"):
        openings.draft_opened(suggestion=found, by=request.actor, at=request.at)
    typed = resume.take(request)
    fields: Any = typed.fields if typed else None
    return _page(request, record, found, RejectForm(fields), resumed=typed is not None)


def _rejected(request: ActingRequest, record: Record, draft: Suggestion, form: RejectForm) -> HttpResponse:
    place = queue.place_of(request.person, draft, at=request.at)
    try:
        review.reject(
            suggestion=draft,
            reasons=form.cleaned_data["reasons"],
            note=form.cleaned_data["note"],
            by=request.actor,
            at=request.at,
        )
    except AlreadyDecided as first:
        told = decision_words(first.review, at=request.at, zone=record.zone) if first.review else str(first)
        return _page(request, record, draft, form, refusal=told)
    except ReviewRefused as refused:
        return _page(request, record, draft, form, refusal=str(refused))
    messages.success(request, _("Rejected. The patient never sees that draft."))
    return HttpResponseRedirect(draft_url(place.after) if place.after else reverse("queue"))


def _page(
    request: ActingRequest,
    record: Record,
    draft: Suggestion,
    form: RejectForm,
    *,
    refusal: str = "",
    resumed: bool = False,
) -> HttpResponse:
    try:
        title = draft_words(draft, record.ring).title
    except WordsChanged:
        title = ""
    context = {
        "record": record,
        "draft": draft,
        "banner": banner(request, record),
        "title": title,
        "form": form,
        "refusal": refusal,
        "resumed": resumed,
    }
    return render(request, "review/reject.html", context)
