"""One section of my safety plan: writing it, and reading it again after a save. Every word is read for danger first."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic import safety_plan
from clinic.models.patient import Patient
from clinic.models.safety_plan import Section
from clinic.safety_plan import NewWords, NotKept, Part
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.languages import SAID_IN, of, translated
from dashboard.portal import answers, danger, loaders, unsaved
from dashboard.portal import safety_plan_words as said
from dashboard.portal.ended import ended_check_in, token_fits
from dashboard.portal.forms import SafetyPlanForm, number_of, submission_of
from dashboard.portal.parts import Danger, Notice
from dashboard.portal.parts_safety import SectionPage
from dashboard.portal.pinned import pinned
from dashboard.portal.safety_plan import parts_of
from dashboard.portal.when import calendar_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, and over it."""

    words: str
    seen: int
    submission: UUID
    error: str = ""
    notice: Notice | None = None
    danger: Danger | None = None
    stands: Part | None = None
    status: int = 200


@translated
@allow(PATIENT, outsider=ended_check_in)
@csrf_exempt  # its token is checked below: see `token_fits`
@require_http_methods(["GET", "POST"])
def section(request: ActingRequest, section: str) -> HttpResponse:
    """The form of one section."""
    patient = loaders.me(request)
    if section not in Section.values:
        raise Http404
    wanted = Section(section)
    if request.method == "POST":
        return _posted(request, patient, wanted)
    typed = resume.take(request)
    if typed is not None:
        seen, submission = number_of(typed.fields), submission_of(typed.fields)
        back = Typed(typed.fields.get("note", ""), seen, submission, notice=answers.resumed())
        return _page(request, patient, wanted, back)
    part = _part(patient, wanted)
    if part is None:
        notice = Notice("warning", said.closed())
        return _page(request, patient, wanted, Typed("", 0, uuid4(), notice=notice, status=503))
    return _page(request, patient, wanted, Typed(part.words, part.number, uuid4()))


def _part(patient: Patient, wanted: Section) -> Part | None:
    return next((part for part in parts_of(patient) or () if part.section == wanted), None)


def _posted(request: ActingRequest, patient: Patient, wanted: Section) -> HttpResponse:
    form, submission, seen = (
        SafetyPlanForm(request.POST),
        submission_of(request.POST),
        number_of(request.POST),
    )
    fits = token_fits(request)
    if fits and form.is_valid():
        new = NewWords(wanted, form.cleaned_data["note"], seen, submission)
        return _written(request, patient, new)
    text = request.POST.get("note", "")
    after = said.after(False)
    found = unsaved.danger_in(request, patient, text, submission=submission, after=after, token_fits=fits)
    error = str(form.errors["note"][0]) if fits else ""
    notice = answers.not_fitting() if fits else answers.old_page()
    return _page(request, patient, wanted, Typed(text, seen, submission, error, notice, found, status=422))


def _written(request: ActingRequest, patient: Patient, new: NewWords) -> HttpResponse:
    outcome = safety_plan.write(patient=patient, new=new, by=request.actor, at=request.at)
    after = said.after(outcome.not_kept is None)
    found = danger.of_notice(outcome.notice, patient=patient, after=after, at=request.at)
    if outcome.not_kept is not None:
        return _not_written(request, patient, new, outcome.not_kept, found)
    if found:
        typed = Typed(new.words, outcome.entry.number if outcome.entry else 0, uuid4(), danger=found)
        return _page(request, patient, new.section, typed)
    messages.success(request, _("Saved."), extra_tags=SAID_IN + of(request))
    return redirect(f"{reverse('portal-safety-plan')}#{new.section}")


def _not_written(
    request: ActingRequest, patient: Patient, new: NewWords, why: NotKept, found: Danger | None
) -> HttpResponse:
    """The form again with what was typed; where somebody wrote meanwhile, with that before it."""
    stands = _part(patient, new.section) if why is NotKept.CHANGED else None
    seen = stands.number if stands else new.seen
    notice = said.not_kept(why)
    typed = Typed(new.words, seen, uuid4(), notice=notice, danger=found, stands=stands, status=422)
    return _page(request, patient, new.section, typed)


def _page(request: ActingRequest, patient: Patient, wanted: Section, typed: Typed) -> HttpResponse:
    calendar, stands = calendar_of(patient, at=request.at), typed.stands
    page = SectionPage(
        code=wanted,
        title=wanted.label,
        question=said.QUESTIONS[wanted],
        words=typed.words,
        seen=typed.seen,
        submission=typed.submission,
        readers=said.readers_of(patient, at=request.at),
        error=typed.error,
        stands=stands.words if stands else "",
        stands_by=said.written(stands.entry, calendar) if stands and stands.entry else "",
        notice=typed.notice,
        danger=typed.danger,
        pinned=None if typed.danger else pinned(patient, at=request.at),
    )
    return render(request, "portal/safety_plan_section.html", {"page": page}, status=typed.status)
