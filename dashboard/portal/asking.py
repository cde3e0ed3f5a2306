"""Asking a person of the clinic to get in touch: one press from every page, and what follows from it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic import clock
from clinic.actor import Actor
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role
from clinic.safety import asking
from dashboard import languages
from dashboard.access import PATIENT, ActingRequest, allow, to_sign_in
from dashboard.entrance import resume
from dashboard.entrance.ended import sign_in_page
from dashboard.languages import translated
from dashboard.portal import danger, loaders, unsigned
from dashboard.portal.before import who_is_told
from dashboard.portal.ended import before_sign_in, token_fits
from dashboard.portal.forms import submission_of
from dashboard.portal.parts import Danger

ALL_RIGHT = "all_right"


@dataclass(frozen=True, slots=True)
class AskingPage:
    """`danger` holds the card and what follows where a request is open; `told_all_right`: that was passed on too."""

    submission: UUID
    danger: Danger | None
    before: str
    told_all_right: bool = False


def ended_asking(request: HttpRequest) -> HttpResponse:
    """A press of which the session has ended: the form's signed token says whose it is, and the clinic is told."""
    if request.method != "POST":
        return to_sign_in(request)
    patient, at = unsigned.patient_of(request), clock.now()
    if request.POST.get("act"):
        return sign_in_page(request)
    if patient is None:
        found = danger.of_nobody_known(language=languages.of(request), at=at)
        return sign_in_page(request, card=before_sign_in(found.card), passed_on=found.passed_on)
    by = Actor(patient.user, Role.PATIENT)
    alert = asking.ask(patient=patient, submission=submission_of(request.POST), by=by, at=at)
    shown = _danger(alert, patient, at=at)
    return sign_in_page(request, card=before_sign_in(shown.card), passed_on=shown.passed_on)


@translated
@allow(PATIENT, outsider=ended_asking)
@csrf_exempt  # its token is checked below: see `token_fits`
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest) -> HttpResponse:
    """What happens when one asks, and by POST asking, or saying that one is all right now."""
    patient = loaders.me(request)
    is_mine = token_fits(request) or resume.owner_of(request) == request.person.pk
    if request.method != "POST" or not is_mine:
        return _page(request, patient, asking.open_request(patient))
    submission, by, at = submission_of(request.POST), request.actor, request.at
    if request.POST.get("act") == ALL_RIGHT:
        told = asking.all_right(patient=patient, submission=submission, by=by, at=at)
        return _page(request, patient, asking.open_request(patient), told_all_right=told is not None)
    return _page(request, patient, asking.ask(patient=patient, submission=submission, by=by, at=at))


def _page(
    request: ActingRequest, patient: Patient, alert: SafetyAlert | None, *, told_all_right: bool = False
) -> HttpResponse:
    page = AskingPage(
        submission=uuid4(),
        danger=_danger(alert, patient, at=request.at) if alert else None,
        before=who_is_told(at=request.at),
        told_all_right=told_all_right,
    )
    return render(request, "portal/asking.html", {"page": page, "danger": page.danger})


def _danger(alert: SafetyAlert, patient: Patient, *, at: dt.datetime) -> Danger:
    """The card, that the clinic was told, and what follows, all in the card's language."""
    card, follows = danger.of_alert(alert, patient=patient, at=at)
    with translation.override(card.language):
        told = _("The clinic was told that you ask for a person, and nothing else.")
    return Danger(card, told, (), "", follows)
