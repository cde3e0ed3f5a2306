"""Checking in, and correcting an own check-in. Whatever comes of the form, its words are read for danger."""

import datetime as dt
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.intake import NewCheckIn, Outcome
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.languages import SAID_IN, of, translated
from dashboard.portal import answers, danger, diary, fields, loaders, unsaved
from dashboard.portal.context import CheckInPage
from dashboard.portal.ended import ended_check_in, token_fits
from dashboard.portal.forms import CheckInForm, submission_of
from dashboard.portal.keeping import kept
from dashboard.portal.parts import CheckInFields, Danger, Notice
from dashboard.portal.pinned import pinned
from dashboard.portal.when import calendar_of


@translated
@allow(PATIENT, outsider=ended_check_in)
@csrf_exempt  # its token is checked below: see `token_fits`
@require_http_methods(["GET", "POST"])
def check_in(request: ActingRequest) -> HttpResponse:
    """A new check-in."""
    patient = loaders.me(request)
    if request.method == "POST":
        return _posted(request, patient, None)
    return _blank(request, patient)


@translated
@allow(PATIENT, outsider=ended_check_in)
@csrf_exempt
@require_http_methods(["GET", "POST"])
def correct(request: ActingRequest, check_in: UUID) -> HttpResponse:
    """An own check-in again, to be corrected; what was saved before stays in the record."""
    patient = loaders.me(request)
    mine = loaders.my_check_in(patient, check_in)
    if request.method == "POST":
        return _posted(request, patient, mine)
    return _resumed(request, patient, mine) or _filled(request, patient, mine)


def _blank(request: ActingRequest, patient: Patient) -> HttpResponse:
    return _resumed(request, patient, None) or _page(request, patient, None, CheckInForm(), uuid4())


def _resumed(request: ActingRequest, patient: Patient, mine: CheckIn | None) -> HttpResponse | None:
    """The form with what was typed before the session ended, or None."""
    typed = resume.take(request)
    if typed is None:
        return None
    form, submission = CheckInForm(initial=answers.initial(typed.fields)), submission_of(typed.fields)
    return _page(request, patient, mine, form, submission, notice=answers.resumed())


def _filled(request: ActingRequest, patient: Patient, mine: CheckIn) -> HttpResponse:
    entry = diary.entry(mine, loaders.my_ring(patient))
    if not entry.opened:
        return _render(request, patient, mine, None, answers.closed())
    drawn = fields.filled(
        entry, action=request.path, submission=uuid4(), readers=fields.readers_of(patient, at=request.at)
    )
    return _render(request, patient, mine, drawn)


def _posted(request: ActingRequest, patient: Patient, mine: CheckIn | None) -> HttpResponse:
    form, submission = CheckInForm(request.POST), submission_of(request.POST)
    fits = token_fits(request)
    if fits and form.is_valid():
        return _kept(request, patient, mine, form, submission)
    after = _("Your check-in is not saved yet. Your words are below.")
    text = request.POST.get("note", "")
    found = unsaved.danger_in(request, patient, text, submission=submission, after=after, token_fits=fits)
    notice = answers.not_fitting() if fits else answers.old_page()
    if not fits:
        form = CheckInForm(initial=answers.initial(request.POST))
    return _page(request, patient, mine, form, submission, notice=notice, found=found)


def _kept(
    request: ActingRequest, patient: Patient, mine: CheckIn | None, form: CheckInForm, submission: UUID
) -> HttpResponse:
    entry = _entry(form, submission, mine, at=request.at)
    outcome = kept(patient=patient, entry=entry, by=request.actor, at=request.at)
    after = answers.after(outcome)
    found = danger.of_notice(outcome.notice, patient=patient, after=after, at=request.at)
    if outcome.not_kept:
        refusal = answers.not_kept(outcome.not_kept)
        return _page(request, patient, mine, form, submission, notice=refusal, found=found)
    if _had_other_words(patient, entry, outcome):
        before = answers.saved_before()
        return _page(request, patient, outcome.check_in, form, uuid4(), notice=before, found=found)
    if found:
        return render(request, "portal/help_first.html", {"danger": found})
    messages.success(request, _("Saved."), extra_tags=SAID_IN + of(request))
    return redirect("portal-mood" if mine else "portal-today")


def _entry(form: CheckInForm, submission: UUID, mine: CheckIn | None, *, at: dt.datetime) -> NewCheckIn:
    """What was entered. A correction happened when the check-in that it corrects happened."""
    return NewCheckIn(
        submission=submission,
        mood=form.cleaned_data["mood"],
        feelings=tuple(form.cleaned_data["feelings"]),
        note=form.cleaned_data["note"],
        happened_at=mine.happened_at if mine else at,
        supersedes=mine,
    )


def _had_other_words(patient: Patient, entry: NewCheckIn, outcome: Outcome) -> bool:
    """Whether this form had been saved before with something else in it, as after going back in the browser."""
    stored = outcome.check_in
    if outcome.is_new or stored is None or CheckIn.objects.filter(supersedes=stored).exists():
        return False
    before = diary.entry(stored, loaders.my_ring(patient))
    return (before.mood, before.feelings, before.note) != (entry.mood, entry.feelings, entry.note)


def _page(
    request: ActingRequest,
    patient: Patient,
    mine: CheckIn | None,
    form: CheckInForm,
    submission: UUID,
    *,
    notice: Notice | None = None,
    found: Danger | None = None,
) -> HttpResponse:
    drawn = fields.typed(
        form,
        action=answers.address(mine),
        submission=submission,
        readers=fields.readers_of(patient, at=request.at),
    )
    return _render(request, patient, mine, drawn, notice, found)


def _render(
    request: ActingRequest,
    patient: Patient,
    mine: CheckIn | None,
    drawn: CheckInFields | None,
    notice: Notice | None = None,
    found: Danger | None = None,
) -> HttpResponse:
    corrects = calendar_of(patient, at=request.at).listed(mine.happened_at) if mine else ""
    stays = None if found else pinned(patient, at=request.at)
    page = CheckInPage(fields=drawn, corrects=corrects, notice=notice, danger=found, pinned=stays)
    return render(request, "portal/check_in.html", {"page": page})
