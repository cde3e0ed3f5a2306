"""Messages: writing to the people who treat me, and reading what they wrote. Every word is read for danger first."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages as told
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic import messages
from clinic.keys import CannotOpen
from clinic.messages import NotSent, Outcome
from clinic.models.patient import Patient
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.languages import SAID_IN, of, translated
from dashboard.portal import danger, letters, loaders, sent, unsaved
from dashboard.portal.context import MessagesPage
from dashboard.portal.ended import ended_message, token_fits
from dashboard.portal.parts import Danger, Notice
from dashboard.portal.parts_messages import MessageFields
from dashboard.portal.pinned import pinned
from dashboard.portal.when import calendar_of
from dashboard.writing import MessageForm, submission_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the form, and over it."""

    words: str = ""
    error: str = ""
    submission: UUID | None = None
    notice: Notice | None = None
    danger: Danger | None = None
    status: int = 200


@translated
@allow(PATIENT, outsider=ended_message)
@csrf_exempt  # its token is checked below: see `token_fits`
@require_http_methods(["GET", "POST"])
def conversation(request: ActingRequest) -> HttpResponse:
    """The conversation with the care team, and the form for a new message."""
    patient = loaders.me(request)
    if request.method == "POST":
        return _posted(request, patient)
    typed = resume.take(request)
    if typed is None:
        return _page(request, patient, Shown())
    words, submission = typed.fields.get("words", ""), submission_of(typed.fields)
    return _page(request, patient, Shown(words, submission=submission, notice=sent.resumed()))


def _posted(request: ActingRequest, patient: Patient) -> HttpResponse:
    form, submission = MessageForm(request.POST), submission_of(request.POST)
    fits = token_fits(request)
    if fits and form.is_valid():
        return _written(request, patient, form.cleaned_data["words"], submission)
    words = request.POST.get("words", "")
    after = sent.not_yet()
    found = unsaved.danger_in(request, patient, words, submission=submission, after=after, token_fits=fits)
    error = str(form.errors["words"][0]) if fits else ""
    notice = sent.not_fitting() if fits else sent.old_page()
    return _page(request, patient, Shown(words, error, submission, notice, found, status=422))


def _written(request: ActingRequest, patient: Patient, words: str, submission: UUID) -> HttpResponse:
    outcome = messages.write(
        patient=patient, words=words, submission=submission, by=request.actor, at=request.at
    )
    after = sent.after(outcome)
    found = danger.of_notice(outcome.notice, patient=patient, after=after, at=request.at)
    if outcome.not_sent is not None:
        notice = sent.not_sent(outcome.not_sent)
        return _page(request, patient, Shown(words, "", submission, notice, found, status=422))
    if _had_other_words(patient, words, outcome):
        notice = sent.sent_before()
        return _page(request, patient, Shown(words, "", uuid4(), notice, found, status=422))
    if found:
        return _page(request, patient, Shown(danger=found))
    told.success(request, _("Sent."), extra_tags=SAID_IN + of(request))
    return redirect("portal-messages")


def _had_other_words(patient: Patient, words: str, outcome: Outcome) -> bool:
    """Whether this form had been sent before with something else in it, as after going back in the browser."""
    if outcome.is_new or outcome.message is None:
        return False
    ring = loaders.my_ring(patient)
    try:
        return ring is not None and outcome.message.unseal(ring, "words") != words
    except CannotOpen:
        return False


def _page(request: ActingRequest, patient: Patient, shown: Shown) -> HttpResponse:
    calendar, team = calendar_of(patient, at=request.at), letters.team_of(patient, request)
    before = _id(request.GET.get("before", ""))
    found, older_url = letters.page(request, patient, before=before)
    nobody = sent.not_sent(NotSent.NOBODY_READS) if not team and shown.notice is None else None
    page = MessagesPage(
        fields=_fields(shown, letters.readers_of(team, at=request.at)) if team or shown.words else None,
        lines=letters.lines(found, loaders.my_ring(patient), calendar),
        older_url=older_url,
        newer_url=request.path if before else "",
        notice=shown.notice or nobody,
        danger=shown.danger,
        pinned=None if shown.danger else pinned(patient, at=request.at),
    )
    return render(request, "portal/messages.html", {"page": page}, status=shown.status)


def _fields(shown: Shown, readers: tuple[str, ...]) -> MessageFields:
    return MessageFields(
        submission=shown.submission or uuid4(), words=shown.words, error=shown.error, readers=readers
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
