"""Signing a draft, in its own words or in changed ones: first the exact words, then the signature, at one address."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.clock import local_date
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload import toast
from dashboard.caseload.banner import draft_url
from dashboard.caseload.loader import Record
from dashboard.entrance.ended import ended
from dashboard.review import evidence
from dashboard.review.edit import editor
from dashboard.review.entered import Entered, entered, words_form
from dashboard.review.failure import Failure
from dashboard.review.forms import SignForm
from dashboard.review.loader import draft_of
from dashboard.review.sign_page import sign_page
from dashboard.review.signing import attempt, situation_changed
from dashboard.review.stopped import stopped
from recommendations import openings, queue, situation
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review import preview
from recommendations.situation import SituationChanged
from recommendations.words import PlanWords, WordsChanged, draft_words


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def sign(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """`step=sign` signs; everything else shows what would be signed."""
    record, found = draft_of(request, ref, draft)
    typed = entered(request)
    if not record.standing.ai_allowed:
        return stopped(request, record, found, typed)
    try:
        before = draft_words(found, record.ring)
    except WordsChanged:
        return redirect("draft", ref=ref, draft=draft)
    changed = words_form(typed)
    if changed is not None and not changed.is_valid():
        return editor(request, record, found, changed, typed, seen=typed.seen)
    words = changed.plan_words(before.language) if changed else before
    if request.POST.get("step") == "sign":
        return _sign(request, record, found, typed, words, before)
    return _show(request, record, found, typed, words, before)


def _form(
    record: Record, draft: Suggestion, request: ActingRequest, *, changed: bool, **more: Any
) -> SignForm:
    today = local_date(at=request.at, zone=record.patient.zone)
    return SignForm(
        today=today,
        evidence=evidence.supporting(draft),
        changed=changed,
        **more,
    )


def _sign(
    request: ActingRequest,
    record: Record,
    draft: Suggestion,
    typed: Entered,
    words: PlanWords,
    before: PlanWords,
) -> HttpResponse:
    form = _form(record, draft, request, changed=words != before, data=request.POST)
    failure = None
    if form.is_valid():
        onwards = _next(request, draft)
        done = attempt(request, record, draft, words, form, changed=words != before)
        if done.publication_id is not None:
            toast.leave(request, done.publication_id)
            return HttpResponseRedirect(onwards)
        failure = done.failure
    return _page(request, record, draft, typed, words, before, form=form, failure=failure)


def _show(
    request: ActingRequest,
    record: Record,
    draft: Suggestion,
    typed: Entered,
    words: PlanWords,
    before: PlanWords,
) -> HttpResponse:
    """The words before any signature; what changed since the record was read is said at once.

    Without the token of a page that was read before, this page is the reading of the draft, and is recorded as one.
    """
    chosen = typed.choices() | {"valid_until": _last_day(request, record, typed)}
    form = _form(record, draft, request, changed=words != before, initial=chosen)
    failure = None
    if not typed.seen:
        openings.draft_opened(suggestion=draft, by=request.actor, at=request.at)
    else:
        try:
            situation.check_unchanged(situation.of_draft(draft, record.patient, record.ring), typed.seen)
        except SituationChanged as changes:
            failure = situation_changed(request, record, changes)
    return _page(request, record, draft, typed, words, before, form=form, failure=failure)


def _page(
    request: ActingRequest,
    record: Record,
    draft: Suggestion,
    typed: Entered,
    words: PlanWords,
    before: PlanWords,
    *,
    form: SignForm,
    failure: Failure | None,
) -> HttpResponse:
    shown = preview.of_words(
        words,
        verdict=Verdict.APPROVED if words == before else Verdict.AMENDED,
        draft=draft,
        patient=record.patient,
        valid_until=_last_day(request, record, typed),
        ring=record.ring,
        by=request.actor,
        at=request.at,
    )
    page = sign_page(
        request,
        record,
        draft,
        shown,
        form,
        typed=typed,
        before=before if words != before else None,
        failure=failure,
    )
    return render(request, "review/sign.html", {"page": page, "record": record, "banner": page.banner})


def _last_day(request: ActingRequest, record: Record, typed: Entered) -> dt.date:
    today = local_date(at=request.at, zone=record.patient.zone)
    return typed.valid_until(preview.usual_end(record.patient, at=request.at), today=today)


def _next(request: ActingRequest, draft: Suggestion) -> str:
    """Where to go after the signature: the draft after this one, or the queue."""
    place = queue.place_of(request.person, draft, at=request.at)
    return draft_url(place.after) if place.after else reverse("queue")
