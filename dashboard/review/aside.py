"""Putting a draft aside: until a day, or until somebody answers. And bringing it back by hand."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner, draft_url
from dashboard.caseload.loader import Record
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.review.aside_forms import AskForm, DeferForm
from dashboard.review.decided import decision_words
from dashboard.review.entered import entered
from dashboard.review.loader import draft_of
from dashboard.review.stopped import stopped
from dashboard.times import said_weekday
from recommendations import openings, queue, waiting
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided, ReviewRefused
from recommendations.words import WordsChanged, draft_words
from recommendations.workflow import State

Act = Callable[[Any], str]


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def defer(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """`step=defer` puts the draft aside until a working day; everything else asks for reason and day."""
    record, found = draft_of(request, ref, draft)
    days = waiting.return_days(at=request.at, zone=record.zone)

    def act(form: DeferForm) -> str:
        reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
        waiting.defer(suggestion=found, reason=reason, until=until, by=request.actor, at=request.at)
        return _("Deferred. It comes back on %(day)s.") % {"day": said_weekday(until)}

    return _asked(request, record, found, "defer", lambda *args: DeferForm(*args, days=days), act)


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """`step=ask` asks and lets the draft wait; everything else asks whom and what."""
    record, found = draft_of(request, ref, draft)
    team = waiting.colleagues(record.patient, by=request.actor, at=request.at)
    first = {"to": str(team[0].pk)} if team and request.GET.get("to") == "colleague" else {}

    def act(form: AskForm) -> str:
        waiting.ask(
            suggestion=found,
            kind=form.kind,
            question=form.cleaned_data["question"],
            colleague=form.colleague,
            by=request.actor,
            at=request.at,
        )
        return _("Asked. The draft waits for the answer and keeps its waiting time.")

    return _asked(
        request, record, found, "ask", lambda *args: AskForm(*args, colleagues=team, initial=first), act
    )


@allow(PSYCHOLOGIST)
@require_POST
def back(request: ActingRequest, ref: str, draft: UUID) -> HttpResponse:
    """Bring a draft back into the queue before its day, or without an answer."""
    _record, found = draft_of(request, ref, draft)
    try:
        waiting.bring_back(suggestion=found, by=request.actor, at=request.at)
    except ReviewRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("It is back in the queue, in its old place."))
    return redirect("draft", ref=ref, draft=draft)


def _asked(
    request: ActingRequest,
    record: Record,
    draft: Suggestion,
    step: str,
    make: Callable[..., forms.Form],
    act: Act,
) -> HttpResponse:
    if not record.standing.ai_allowed:
        return stopped(request, record, draft, entered(request))
    if request.method == "GET" and draft.state != State.OPEN:
        return redirect("draft", ref=record.patient.record_number, draft=draft.pk)
    if request.POST.get("step") != step:
        typed = resume.take(request)
        form = make(typed.fields) if typed else make()
        return _page(request, record, draft, step, form, resumed=typed is not None)
    return _done(request, record, draft, step, make(request.POST), act)


def _done(
    request: ActingRequest, record: Record, draft: Suggestion, step: str, form: forms.Form, act: Act
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, record, draft, step, form, status=422)
    place = queue.place_of(request.person, draft, at=request.at)
    try:
        told = act(form)
    except AlreadyDecided as first:
        words = decision_words(first.review, at=request.at, zone=record.zone) if first.review else str(first)
        return _page(request, record, draft, step, form, refusal=words)
    except ReviewRefused as refused:
        return _page(request, record, draft, step, form, refusal=str(refused))
    messages.success(request, told)
    return HttpResponseRedirect(draft_url(place.after) if place.after else reverse("queue"))


def _page(
    request: ActingRequest,
    record: Record,
    draft: Suggestion,
    step: str,
    form: forms.Form,
    *,
    refusal: str = "",
    resumed: bool = False,
    status: int = 200,
) -> HttpResponse:
    if not request.POST.get("seen") and request.method == "GET":
        openings.draft_opened(suggestion=draft, by=request.actor, at=request.at)
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
    return render(request, f"review/{step}.html", context, status=status)
