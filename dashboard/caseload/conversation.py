"""Messages with one patient: what was written by whom, whether it was read, and the form for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages as told
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import access, messages
from clinic.actor import log
from clinic.keys import CannotOpen, Ring
from clinic.models.message import Message
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.safety.context import printed_name
from dashboard.times import said
from dashboard.writing import MessageForm, submission_of
from recommendations import correspondence
from recommendations.correspondence import MessageRefused, WordsOfADraft

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `state` says whether it was read; `opened` is False where its words are closed."""

    by_patient: bool
    mine: bool
    name: str
    who: str
    when: str
    words: str
    state: str
    opened: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, and why it was not sent. Only what this person typed ever stands in it."""

    words: str = ""
    error: str = ""
    submission: UUID | None = None
    refused: str = ""
    of_a_draft: bool = False
    resumed: bool = False


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def conversation(request: ActingRequest, ref: str) -> HttpResponse:
    """The conversation with this patient. Opening it is an audit entry that the patient can see."""
    record = record_of(request, ref, right=access.REVIEW)
    if request.method == "POST":
        return _posted(request, record)
    kept = resume.take(request)
    if kept is None:
        return _page(request, record, Typed())
    words, submission = kept.fields.get("words", ""), submission_of(kept.fields)
    return _page(request, record, Typed(words, submission=submission, resumed=True))


def _posted(request: ActingRequest, record: Record) -> HttpResponse:
    form, submission = MessageForm(request.POST), submission_of(request.POST)
    if not form.is_valid():
        error = str(form.errors["words"][0])
        return _page(request, record, Typed(request.POST.get("words", ""), error, submission))
    words = form.cleaned_data["words"]
    try:
        message, is_new = correspondence.send(
            patient=record.patient, words=words, submission=submission, by=request.actor, at=request.at
        )
    except (MessageRefused, WordsOfADraft) as refused:
        of_a_draft = isinstance(refused, WordsOfADraft)
        return _page(request, record, Typed(words, "", submission, str(refused), of_a_draft))
    if not is_new and _words(message, record.ring) != words:
        refused_text = _("You had sent this form already, with other words. Send these as a new message.")
        return _page(request, record, Typed(words, "", uuid4(), refused_text))
    told.success(request, _("Sent. The patient sees it when they next sign in."))
    return redirect("messages", ref=record.patient.record_number)


def _page(request: ActingRequest, record: Record, typed: Typed) -> HttpResponse:
    before = _id(request.GET.get("before", ""))
    found = list(messages.page(record.patient, before=before, limit=PAGE + 1))
    shown, here = found[:PAGE], reverse("messages", args=[record.patient.record_number])
    with transaction.atomic():
        log("messages_opened", by=request.actor, at=request.at, patient=record.patient)
        messages.mark_read(shown, patient=record.patient, by=request.actor, at=request.at)
    context = {
        "record": record,
        "banner": banner(request, record),
        "typed": typed,
        "submission": typed.submission or uuid4(),
        "lines": lines_of(request, record, shown),
        "older_url": f"{here}?before={shown[-1].pk}" if len(found) > PAGE else "",
        "newer_url": here if before else "",
    }
    status = 422 if typed.error or typed.refused else 200
    return render(request, "caseload/messages.html", context, status=status)


def lines_of(request: ActingRequest, record: Record, shown: Sequence[Message]) -> list[Line]:
    """These messages as the page says them, in the clinic's time."""
    return [_line(request, record, each) for each in shown]


def _line(request: ActingRequest, record: Record, message: Message) -> Line:
    words, mine = _words(message, record.ring), message.sent_by_id == request.person.pk
    name = record.identity.name if message.from_patient else printed_name(message.sent_by)
    return Line(
        by_patient=message.from_patient,
        mine=not message.from_patient,
        name=name,
        who=_("You") if mine else name,
        when=said(message.sent_at, at=request.at, zone=record.zone),
        words=words or "",
        state=_read(request, record, message),
        opened=words is not None,
        is_new=message.from_patient and message.read_at is None,
    )


def _read(request: ActingRequest, record: Record, message: Message) -> str:
    if message.read_by is None or message.read_at is None:
        return "" if message.from_patient else _("Not read yet")
    when = said(message.read_at, at=request.at, zone=record.zone)
    reader = printed_name(message.read_by) if message.from_patient else record.identity.name
    return _("Read by %(name)s, %(when)s") % {"name": reader, "when": when}


def _words(message: Message, ring: Ring) -> str | None:
    try:
        return message.unseal(ring, "words")
    except CannotOpen:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
