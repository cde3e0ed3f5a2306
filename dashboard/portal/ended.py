"""A check-in or a message that was posted when its session, or its form's token, had ended.

Nothing is stored. The words are read for danger all the same, help is shown, and they come back after sign-in.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from rest_framework.authentication import CSRFCheck

from clinic import clock
from clinic.safety import alerts
from clinic.safety.card_text import NOT_WATCHED
from clinic.safety.help import HelpCard
from clinic.safety.ledger.reading import read
from dashboard import languages
from dashboard.access import to_sign_in
from dashboard.entrance.ended import sign_in_page
from dashboard.portal import danger, strangers, unsigned
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
    return sign_in_page(request, card=before_sign_in(found.card), passed_on=found.passed_on)


def before_sign_in(card: HelpCard) -> HelpCard:
    """The card for somebody who cannot keep writing until they have signed in, so it does not say that they can."""
    with translation.override(card.language):
        invites = {
            str(NOT_WATCHED): gettext("This page is not watched live. Do not wait for an answer here.")
        }
    return replace(card, notes=tuple(invites.get(note, note) for note in card.notes))


def _danger(request: HttpRequest, note: str) -> Danger | None:
    at = clock.now()
    patient = unsigned.patient_of(request)
    if patient is None:
        language = languages.of(request)
        if not note or not strangers.may_read(request):
            return danger.unread(language=language, at=at) if note else None
        found = read(strangers.shortened(note), language=language)
        return danger.of_detection(found, language=language, at=at)
    level = int(read(note, language=patient.language).level)
    known = unsigned.standing(patient, level, at=at)
    if known is not None:
        return danger.of_words_that_were_not_added(known, patient=patient, at=at)
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
