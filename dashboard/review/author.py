"""A plan that a psychologist writes without a draft: the same signature, nothing of the AI in it."""

import datetime as dt

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic.actor import log
from clinic.clock import local_date
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload import toast
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.caseload.mood import charts_of
from dashboard.entrance.ended import ended
from dashboard.review.entered import Entered, entered, words_form
from dashboard.review.failure import Failure
from dashboard.review.forms import SignForm, WordsForm
from dashboard.review.sign_page import sign_page
from dashboard.review.signing import attempt, situation_changed
from recommendations import situation
from recommendations.models.review import Verdict
from recommendations.review import preview
from recommendations.review.rules import LONGEST
from recommendations.situation import SituationChanged
from recommendations.words import PlanWords


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def author(request: ActingRequest, ref: str) -> HttpResponse:
    """`step=preview` shows what would be signed, `step=sign` signs, everything else is the form for the words."""
    record = record_of(request, ref, right=access.REVIEW)
    typed, step = entered(request), request.POST.get("step", "")
    form = words_form(typed)
    if form is None or step not in {"preview", "sign"}:
        return _write(request, record, _form_of(typed), typed, afresh=step == "again")
    if not form.is_valid():
        return _write(request, record, form, typed, afresh=False)
    words = form.plan_words(record.patient.language)
    return _sign(request, record, typed, words) if step == "sign" else _show(request, record, typed, words)


def _form_of(typed: Entered) -> WordsForm:
    return WordsForm(initial={name: typed.fields.get(name, "") for name in LONGEST})


def _write(
    request: ActingRequest, record: Record, form: WordsForm, typed: Entered, *, afresh: bool
) -> HttpResponse:
    now = situation.of_patient(record.patient, record.ring).token
    context = {
        "record": record,
        "banner": banner(request, record),
        "mood": charts_of(
            request, record, (), path=reverse("author", args=[record.patient.record_number])
        ).mood,
        "form": form,
        "carried": typed.carried(),
        "resumed": typed.resumed,
        "seen": now if afresh or not typed.seen else typed.seen,
    }
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="author")
    return render(request, "review/author.html", context)


def _sign(request: ActingRequest, record: Record, typed: Entered, words: PlanWords) -> HttpResponse:
    today = local_date(at=request.at, zone=record.patient.zone)
    form, failure = SignForm(request.POST, today=today), None
    if form.is_valid():
        done = attempt(request, record, None, words, form, changed=False)
        if done.publication_id is not None:
            toast.leave(request, done.publication_id)
            return redirect("patient", ref=record.patient.record_number)
        failure = done.failure
    return _page(request, record, typed, words, form=form, failure=failure)


def _show(request: ActingRequest, record: Record, typed: Entered, words: PlanWords) -> HttpResponse:
    today = local_date(at=request.at, zone=record.patient.zone)
    chosen = typed.choices() | {"valid_until": _last_day(request, record, typed)}
    form, failure = SignForm(today=today, initial=chosen), None
    try:
        situation.check_unchanged(situation.of_patient(record.patient, record.ring), typed.seen)
    except SituationChanged as changes:
        failure = situation_changed(request, record, changes)
    return _page(request, record, typed, words, form=form, failure=failure)


def _page(
    request: ActingRequest,
    record: Record,
    typed: Entered,
    words: PlanWords,
    *,
    form: SignForm,
    failure: Failure | None,
) -> HttpResponse:
    shown = preview.of_words(
        words,
        verdict=Verdict.AUTHORED,
        draft=None,
        patient=record.patient,
        valid_until=_last_day(request, record, typed),
        ring=record.ring,
        by=request.actor,
        at=request.at,
    )
    page = sign_page(request, record, None, shown, form, typed=typed, before=None, failure=failure)
    return render(request, "review/sign.html", {"page": page, "record": record, "banner": page.banner})


def _last_day(request: ActingRequest, record: Record, typed: Entered) -> dt.date:
    today = local_date(at=request.at, zone=record.patient.zone)
    return typed.valid_until(preview.usual_end(record.patient, at=request.at), today=today)
