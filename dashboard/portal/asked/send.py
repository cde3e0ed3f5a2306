"""What becomes of a posted form: sent, saved for later, saved by the page itself, or shown again."""

from dataclasses import replace
from uuid import uuid4

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import danger, drafts
from clinic.questionnaires.record import NewResponse, Recorded, record_responses
from dashboard.access import ActingRequest
from dashboard.entrance import resume
from dashboard.portal import loaders
from dashboard.portal.asked import drawn, noticed, said
from dashboard.portal.asked.loader import answers_of
from dashboard.portal.asked.parts import FormPage
from dashboard.portal.asked.posted import AUTOSAVE, KEEP_FIELD, LATER, SHARE_FIELD, Posted
from dashboard.portal.ended import token_fits
from dashboard.portal.parts import Danger, Notice
from dashboard.portal.pinned import pinned
from dashboard.portal.when import calendar_of
from recommendations import permissions

AGREED = {KEEP_FIELD: Purpose.KEEP, SHARE_FIELD: Purpose.SHARE}


def posted(
    request: ActingRequest, patient: Patient, form: Posted, mine: QuestionnaireResponse | None
) -> HttpResponse:
    """Answer a posted form. A forged one changes nothing and tells nobody anything."""
    if not token_fits(request):
        found = _unsent(request, patient, form, is_mine=resume.owner_of(request) == request.person.pk)
        if form.step == AUTOSAVE:
            return _part(request, found, said.old_page().text)
        return page(request, patient, form, mine, notice=said.old_page(), found=found, status=422)
    if form.step == AUTOSAVE:
        return _autosaved(request, patient, form)
    if form.step == LATER:
        return _saved(request, patient, form)
    if form.wrong or form.is_blank:
        found = _unsent(request, patient, form, is_mine=True)
        error = (
            _("Answer at least one question, or come back later.") if form.is_blank and not form.wrong else ""
        )
        return page(
            request, patient, form, mine, notice=said.not_fitting(), found=found, error=error, status=422
        )
    return _sent(request, patient, form, mine)


def _agree(request: ActingRequest, patient: Patient, form: Posted) -> None:
    """Give the consents whose boxes were ticked; each has a box of its own."""
    for name in sorted(form.agreed):
        permissions.give_consent(
            patient=patient,
            source=Source.QUESTIONNAIRE,
            purpose=AGREED[name],
            by=request.actor,
            at=request.at,
        )


def _unsent(request: ActingRequest, patient: Patient, form: Posted, *, is_mine: bool) -> Danger | None:
    """What answers that are not stored call for. A form that may be forged tells nobody anything."""
    found = danger.found_in(form.definition, form.answers, sent=False)
    if not is_mine:
        return noticed.of_detection(found, language=patient.language, at=request.at)
    notice = noticed.in_answers(found, patient=patient, submission=form.submission, at=request.at)
    after = _("Your answers are not sent yet. They are below.")
    return noticed.of_notice(notice, patient=patient, after=after, at=request.at)


def _draft(request: ActingRequest, patient: Patient, form: Posted) -> drafts.SavedDraft:
    return drafts.save_draft(
        patient=patient,
        instrument=form.instrument,
        submission=form.submission,
        answers=form.answers,
        at=request.at,
    )


def _autosaved(request: ActingRequest, patient: Patient, form: Posted) -> HttpResponse:
    """A part of a page: that the answers were saved, and the help card where one is called for."""
    saved = _draft(request, patient, form)
    words = said.after_saving(saved.not_kept)
    found = noticed.of_notice(saved.notice, patient=patient, after=words, at=request.at)
    return _part(request, found, words)


def _part(request: ActingRequest, found: Danger | None, words: str) -> HttpResponse:
    return render(request, "portal/asked/_autosaved.html", {"danger": found, "words": words})


def _saved(request: ActingRequest, patient: Patient, form: Posted) -> HttpResponse:
    """Saved by the button: back to the list, or help first."""
    _agree(request, patient, form)
    saved = _draft(request, patient, form)
    words = said.after_saving(saved.not_kept)
    found = noticed.of_notice(saved.notice, patient=patient, after=words, at=request.at)
    if saved.not_kept:
        notice = Notice("warning", words)
        return page(request, patient, form, None, notice=notice, found=found, status=422)
    if found:
        return render(request, "portal/asked/help_first.html", {"danger": found, "response": None})
    messages.success(request, words)
    return redirect("portal-questionnaires")


def _sent(
    request: ActingRequest, patient: Patient, form: Posted, mine: QuestionnaireResponse | None
) -> HttpResponse:
    _agree(request, patient, form)
    outcome = _recorded(request, patient, form, mine)
    found = noticed.of_notice(outcome.notice, patient=patient, after=said.after(outcome), at=request.at)
    if outcome.not_kept or outcome.response is None:
        refusal = said.not_kept(outcome.not_kept) if outcome.not_kept else None
        return page(request, patient, form, mine, notice=refusal, found=found, status=422)
    if _had_other_answers(patient, form, outcome):
        again = replace(form, submission=uuid4())
        notice = said.sent_before()
        return page(request, patient, again, outcome.response, notice=notice, found=found)
    if found:
        context = {"danger": found, "response": outcome.response.pk}
        return render(request, "portal/asked/help_first.html", context)
    messages.success(request, _("Corrected.") if mine else _("Sent. Thank you."))
    return redirect("portal-answers", response=outcome.response.pk)


def _recorded(
    request: ActingRequest, patient: Patient, form: Posted, mine: QuestionnaireResponse | None
) -> Recorded:
    """Stored once however often the form arrives. A correction happened when the form that it corrects was sent."""
    entry = NewResponse(
        submission=form.submission,
        patient=patient,
        instrument=form.instrument,
        answers=form.answers,
        happened_at=mine.happened_at if mine else request.at,
        language=form.definition.language,
        supersedes=mine,
    )
    try:
        return record_responses(entries=[entry], by=request.actor, at=request.at)[0]
    except IntegrityError:
        # The form's id is taken, or another tab corrected the same answers in between. Nothing was stored.
        newest = mine and _newest(mine)
        again = replace(entry, submission=uuid4(), supersedes=newest)
        return record_responses(entries=[again], by=request.actor, at=request.at)[0]


def _had_other_answers(patient: Patient, form: Posted, outcome: Recorded) -> bool:
    """Whether this form had been sent before with other answers, as after going back in the browser."""
    if outcome.is_new or outcome.response is None:
        return False
    before = answers_of(outcome.response, loaders.my_ring(patient))
    return before is not None and before != dict(form.answers)


def _newest(row: QuestionnaireResponse) -> QuestionnaireResponse:
    later = QuestionnaireResponse.objects.filter(supersedes=row.pk).first()
    return _newest(later) if later else row


def page(
    request: ActingRequest,
    patient: Patient,
    form: Posted,
    mine: QuestionnaireResponse | None,
    *,
    notice: Notice | None,
    found: Danger | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form again with everything that was answered."""
    shown = drawn.form(
        patient,
        form.instrument,
        action=reverse("portal-answers-correct", args=[mine.pk]) if mine else request.path,
        submission=form.submission,
        answers=form.answers,
        typed=form,
        error=error,
        can_wait=mine is None,
    )
    corrects = calendar_of(patient, at=request.at).listed(mine.happened_at) if mine else ""
    stays = None if found else pinned(patient, at=request.at)
    context = FormPage(shown, corrects=corrects, notice=notice, danger=found, pinned=stays)
    return render(request, "portal/asked/form.html", {"page": context}, status=status)
