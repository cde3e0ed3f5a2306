"""What I want to be known: what helps me, my wishes, my goals. Read for danger in the transaction that keeps it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic import profile
from clinic.activities import ACTIVITIES, SAID_OF_MYSELF, mark_of
from clinic.keys import CannotOpen, KeysUnavailable, Ring
from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.safety import alerts
from clinic.safety.ledger.reading import read
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.languages import of
from dashboard.portal import answers, danger, loaders
from dashboard.portal.before import danger_sentence
from dashboard.portal.context import ProfilePage
from dashboard.portal.ended import ended_check_in, token_fits
from dashboard.portal.forms import submission_of
from dashboard.portal.parts import Danger, Notice
from dashboard.portal.parts_own import OwnFact, OwnFacts
from dashboard.portal.profile_form import OwnFactForm
from dashboard.portal.when import Calendar, calendar_of
from recommendations import permissions

END = "end"


@allow(PATIENT, outsider=ended_check_in)
@csrf_exempt  # its token is checked below: see `token_fits`
@require_http_methods(["GET", "POST"])
def my_profile(request: ActingRequest) -> HttpResponse:
    """My own facts, and a form for one more."""
    patient = loaders.me(request)
    if request.method == "POST":
        return _posted(request, patient)
    typed = resume.take(request)
    form = OwnFactForm(initial=OwnFactForm.initial_of(typed.fields) if typed else None)
    submission = submission_of(typed.fields) if typed else submission_of(request.GET)
    return _page(request, patient, form, submission, notice=answers.resumed() if typed else None)


def _posted(request: ActingRequest, patient: Patient) -> HttpResponse:
    fits, submission = token_fits(request), submission_of(request.POST)
    if fits and request.POST.get("act") == END:
        return _end(request, patient)
    form = OwnFactForm(request.POST)
    if fits and form.is_valid():
        return _told(request, patient, form, submission)
    found = _in_unsaved_words(request, patient, submission, is_mine=fits or _is_mine(request))
    if not fits:
        form = OwnFactForm(initial=OwnFactForm.initial_of(request.POST))
    notice = answers.not_fitting() if fits else answers.old_page()
    return _page(request, patient, form, submission, notice=notice, found=found)


def _told(request: ActingRequest, patient: Patient, form: OwnFactForm, submission: UUID) -> HttpResponse:
    made = permissions.tell_fact(
        patient=patient,
        topic=Topic(form.cleaned_data["topic"]),
        words=form.cleaned_data["note"],
        mark=form.mark,
        submission=submission,
        by=request.actor,
        at=request.at,
    )
    kept = made.fact is not None
    after = _("Your words were saved.") if kept else _("Your words were not saved. They are below.")
    found = danger.of_notice(made.notice, patient=patient, after=after, at=request.at)
    if not kept:
        notice = answers.keys_away()
        return _page(request, patient, form, submission, notice=notice, found=found)
    if found:
        return render(request, "portal/help_first.html", {"danger": found})
    messages.success(
        request, _("Saved.") if patient.discharged_at else _("Saved. Your psychologist can read it.")
    )
    return redirect("portal-profile")


def _end(request: ActingRequest, patient: Patient) -> HttpResponse:
    """One of my facts no longer holds. Somebody else's, or none, does not exist here."""
    wanted = request.POST.get("fact", "")
    fact = next((each for each in _own(patient) if str(each.pk) == wanted), None)
    if fact is None:
        raise Http404
    try:
        permissions.end_own_fact(fact=fact, by=request.actor, at=request.at)
        messages.success(request, _("Taken out. It stays in your record as something that held before."))
    except (profile.FactRefused, KeysUnavailable, CannotOpen):
        messages.error(request, _("Nothing was changed. Please try again in a few minutes."))
    return redirect("portal-profile")


def _is_mine(request: ActingRequest) -> bool:
    return resume.owner_of(request) == request.person.pk


def _in_unsaved_words(
    request: ActingRequest, patient: Patient, submission: UUID, *, is_mine: bool
) -> Danger | None:
    """What words that are not stored call for. Words of a form that may be forged tell nobody anything."""
    text = request.POST.get("note", "")
    if not is_mine:
        detection = read(text, language=patient.language)
        return danger.of_detection(detection, language=patient.language, at=request.at)
    source = TextSource.PROFILE
    found = alerts.notice(patient=patient, text=text, submission=submission, source=source, at=request.at)
    return danger.of_notice(found, patient=patient, after=_("Your words are below."), at=request.at)


def _own(patient: Patient) -> list[ProfileFact]:
    return [fact for fact in profile.standing(patient) if fact.origin == Origin.PATIENT]


def _page(
    request: ActingRequest,
    patient: Patient,
    form: OwnFactForm,
    submission: UUID,
    *,
    notice: Notice | None = None,
    found: Danger | None = None,
) -> HttpResponse:
    calendar, ring = calendar_of(patient, at=request.at), loaders.my_ring(patient)
    facts = [_line(fact, ring, calendar) for fact in _own(patient)]
    with translation.override(of(request)):
        before = danger_sentence(at=request.at)
    page = ProfilePage(
        groups=tuple(
            OwnFacts(form.label_of(topic), tuple(line for code, line in facts if code == topic))
            for topic in profile.PATIENTS_OWN
        ),
        submission=submission,
        before=before,
        notice=notice,
        danger=found,
    )
    return render(request, "portal/profile.html", {"page": page, "form": form})


def _line(fact: ProfileFact, ring: Ring | None, calendar: Calendar) -> tuple[str, OwnFact]:
    try:
        words = fact.unseal(ring, "words") if ring else ""
    except CannotOpen:
        words = ""
    said = words or _("These words cannot be opened just now. Nothing is lost.")
    return fact.topic, OwnFact(
        str(fact.pk), said, calendar.on_day(calendar.date_of(fact.happened_at)), _marked(fact)
    )


def _marked(fact: ProfileFact) -> str:
    mark = mark_of(fact.code)
    return f"{ACTIVITIES[mark.activity]}: {SAID_OF_MYSELF[mark.verdict]}" if mark else ""
