"""A check-in or a message that was posted when its session, or its form's token, had ended.

Nothing is stored. The words are read for danger all the same, help is shown, and they come back after sign-in.
"""

from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import CSRFCheck

from clinic import clock
from clinic.models.patient import Patient
from clinic.safety import alerts
from clinic.safety.ledger.reading import read
from dashboard import languages
from dashboard.access import to_sign_in
from dashboard.entrance import resume
from dashboard.entrance.ended import sign_in_page
from dashboard.portal import danger, strangers
from dashboard.portal.forms import submission_of
from dashboard.portal.parts import Danger


def ended_check_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page for a check-in whose session had ended: with help where the words need it.

    An alert opens for the patient whom the form's signed token names; without such a token nobody can be told.
    """
    return _ended(request, request.POST.get("note", ""))


def ended_message(request: HttpRequest) -> HttpResponse:
    """The same for a message."""
    return _ended(request, request.POST.get("words", ""))


def _ended(request: HttpRequest, text: str) -> HttpResponse:
    if request.method != "POST":
        return to_sign_in(request)
    found = _danger(request, text)
    if found is None:
        return sign_in_page(request)
    return sign_in_page(request, card=found.card, passed_on=found.told)


def _danger(request: HttpRequest, note: str) -> Danger | None:
    at = clock.now()
    owner = resume.owner_of(request)
    patient = Patient.objects.filter(user=owner).first() if owner else None
    if patient is None:
        language = languages.of(request)
        if not note or not strangers.may_read(request):
            return danger.unread(language=language, at=at) if note else None
        found = read(strangers.shortened(note), language=language)
        return danger.of_detection(found, language=language, at=at)
    noticed = alerts.notice(patient=patient, text=note, submission=submission_of(request.POST), at=at)
    return danger.of_notice(noticed, patient=patient, quoting=False, at=at)


def token_fits(request: HttpRequest) -> bool:
    """Whether the form's token fits the browser's.

    Checked here and not in front of the view: a page that stayed open over a sign-in in another tab has an old
    token, and its words must still be read for danger and come back.
    """
    check = CSRFCheck(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda _request: HttpResponse(), (), {}) is None
