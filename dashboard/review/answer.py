"""Answering a question about a draft: for the colleague who was asked, or for whoever holds the next session."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic.access import NotAllowed
from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.aside_rows import why
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.review.aside_forms import AnswerForm
from dashboard.review.asked import opened
from recommendations import waiting
from recommendations.models.pause import Pause
from recommendations.review import ReviewRefused
from recommendations.waiting.back import check_may_answer
from recommendations.words import PlanWords, WordsChanged, draft_words


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def question(request: ActingRequest, ref: str, question: UUID) -> HttpResponse:
    """The question and the form for the answer; `step=answer` answers it."""
    record, pause = _question_of(request, ref, question)
    if request.POST.get("step") != "answer":
        typed = resume.take(request)
        form = AnswerForm(typed.fields) if typed else AnswerForm()
        return _page(request, record, pause, form, resumed=typed is not None)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, record, pause, form, status=422)
    try:
        waiting.answer(pause=pause, words=form.cleaned_data["words"], by=request.actor, at=request.at)
    except ReviewRefused as refused:
        return _page(request, record, pause, form, refusal=str(refused))
    messages.success(request, _("Answered. The draft is back in the queue of whoever decides."))
    return redirect(_onwards(request, record, pause))


def _onwards(request: ActingRequest, record: Record, pause: Pause) -> str:
    """To the draft for those who may decide about it, else to the questions that are left."""
    if access.REVIEW in record.rights and pause.asked_of_id is None:
        return reverse("draft", args=[record.patient.record_number, pause.suggestion_id])
    return reverse("queue-questions")


def _question_of(request: ActingRequest, ref: str, question: UUID) -> tuple[Record, Pause]:
    """The record and its question. Raises Http404 unless it is for this person to answer."""
    record = record_of(request, ref)
    rows = Pause.objects.select_related(
        "patient", "paused_by__staff", "asked_of__staff", "suggestion__reading", "suggestion__intervention"
    )
    pause = rows.filter(pk=question, patient=record.patient).first()
    try:
        if pause is None:
            raise Http404
        check_may_answer(pause, by=request.actor, at=request.at)
    except (ReviewRefused, NotAllowed) as refused:
        raise Http404 from refused
    return record, pause


def _page(
    request: ActingRequest,
    record: Record,
    pause: Pause,
    form: AnswerForm,
    *,
    refusal: str = "",
    resumed: bool = False,
    status: int = 200,
) -> HttpResponse:
    words = _words(record, pause)
    context = {
        "record": record,
        "banner": banner(request, record),
        "asked": why(pause, at=request.at, zone=record.zone),
        "question": opened(pause, "question", record.ring),
        "title": words.title if words else "",
        "words": words,
        "form": form,
        "refusal": refusal,
        "resumed": resumed,
    }
    with transaction.atomic():
        log("question_opened", by=request.actor, at=request.at, patient=record.patient, subject=pause)
    return render(request, "review/answer.html", context, status=status)


def _words(record: Record, pause: Pause) -> PlanWords | None:
    """The draft's words, where AI may still be shown and they fit their digest."""
    if not record.standing.ai_allowed:
        return None
    try:
        return draft_words(pause.suggestion, record.ring)
    except WordsChanged:
        return None
