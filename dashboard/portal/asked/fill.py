"""Filling in a questionnaire, saving it for later, and correcting one that was sent.

Whatever comes of the form, its safety question is read in the same request.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import drafts, due
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.portal import loaders
from dashboard.portal.asked import drawn, said, send
from dashboard.portal.asked.ended import ended_form
from dashboard.portal.asked.loader import answers_of, may_correct, my_response
from dashboard.portal.asked.parts import FormPage
from dashboard.portal.asked.posted import read, version_of
from dashboard.portal.pinned import pinned
from dashboard.portal.when import calendar_of


@allow(PATIENT, outsider=ended_form)
@csrf_exempt  # its token is checked with the form: see `send.posted`
@require_http_methods(["GET", "POST"])
def fill(request: ActingRequest, instrument: str) -> HttpResponse:
    """The form of one questionnaire that somebody asked for."""
    patient = loaders.me(request)
    if request.method == "POST":
        form = read(request.POST, instrument)
        if form is None:
            raise Http404
        return send.posted(request, patient, form, None)
    return _resumed(request, patient, instrument, None) or _asked(request, patient, instrument)


@allow(PATIENT, outsider=ended_form)
@csrf_exempt
@require_http_methods(["GET", "POST"])
def correct(request: ActingRequest, response: UUID) -> HttpResponse:
    """Own answers again, to be corrected; what was sent before stays in the record."""
    patient = loaders.me(request)
    mine = my_response(patient, response)
    if not may_correct(mine):
        raise Http404
    key = mine.instrument.key
    if request.method == "POST":
        form = read(request.POST, key)
        if form is None:
            raise Http404
        return send.posted(request, patient, form, mine)
    return _resumed(request, patient, key, mine) or _filled(request, patient, mine)


def _resumed(
    request: ActingRequest, patient: Patient, key: str, mine: QuestionnaireResponse | None
) -> HttpResponse | None:
    """The form with the answers that were there before the session ended, or None."""
    typed = resume.take(request)
    form = read(typed.fields, key) if typed else None
    return send.page(request, patient, form, mine, notice=said.resumed()) if form else None


def _asked(request: ActingRequest, patient: Patient, key: str) -> HttpResponse:
    """The form as it was begun, or blank. Nothing is due: back to the list."""
    instrument = version_of(key)
    if instrument is None:
        raise Http404
    draft = drafts.draft_of(patient, instrument, loaders.my_ring(patient))
    is_due = any(
        asked.assignment.key == key for asked in due.standing(patient, at=request.at) if asked.place.is_open
    )
    if draft is None and not is_due:
        messages.info(request, _("Nobody asks you for this one just now."))
        return redirect("portal-questionnaires")
    calendar = calendar_of(patient, at=request.at)
    saved = _("Begun %(when)s. Not sent yet.") % {"when": calendar.said(draft.saved_at)} if draft else ""
    form = drawn.form(
        patient,
        instrument,
        action=request.path,
        submission=draft.submission if draft else uuid4(),
        answers=draft.answers if draft else {},
        saved=saved,
    )
    return render(
        request, "portal/asked/form.html", {"page": FormPage(form, pinned=pinned(patient, at=request.at))}
    )


def _filled(request: ActingRequest, patient: Patient, mine: QuestionnaireResponse) -> HttpResponse:
    corrects = calendar_of(patient, at=request.at).listed(mine.happened_at)
    answers = answers_of(mine, loaders.my_ring(patient))
    form = answers and drawn.form(
        patient,
        mine.instrument,
        action=reverse("portal-answers-correct", args=[mine.pk]),
        submission=uuid4(),
        answers=answers,
        can_wait=False,
    )
    notice = None if form else said.closed()
    stays = pinned(patient, at=request.at)
    page = FormPage(form or None, corrects=corrects, notice=notice, pinned=stays)
    return render(request, "portal/asked/form.html", {"page": page})
