"""The languages of one request: the reader's own, and the one that the page as a whole is written in.

A page is drawn in the reader's language only when all of it is translated (`@translated`). Every other page is English
and says so, with its frame and its check-in form in the reader's language: nobody gets sentences that are half one
language and half another, and a consent or a signature is recorded in the language in which it was read.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from clinic.models.patient import Patient
from clinic.models.user import Role
from dashboard.access import ActingRequest, signed_in

ENGLISH = "en"
SAID_IN = "said-in-"
"""How the tag of a message begins that is kept over a redirect, with the language it was said in."""

V = TypeVar("V", bound=Callable[..., Any])
View = Callable[..., HttpResponse]


def translated(view: V) -> V:
    """Mark a view whose whole page is in the catalogues."""
    cast(Any, view).is_translated = True
    return view


def of(request: HttpRequest) -> str:
    """The reader's own language: of the record for a patient who is signed in, else what the browser asks for."""
    return getattr(request, "own_language", ENGLISH)


def patient_of(request: ActingRequest) -> Patient | None:
    """The patient who is signed in, read once for each request."""
    if not hasattr(request, "own_patient"):
        cast(Any, request).own_patient = Patient.objects.filter(user=request.person).first()
    found: Patient | None = cast(Any, request).own_patient
    return found


class OwnLanguageMiddleware:
    """After LocaleMiddleware and sign-in: keeps the reader's language, and draws pages in English unless marked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """English until a view is found that is translated; errors need no language of anybody."""
        cast(Any, request).asked_language = _offered(translation.get_language())
        translation.activate(ENGLISH)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> None:
        """The reader's language for patients and for pages that are open to everybody; staff read English."""
        rule = getattr(view, "access_rule", None)
        if rule is None or (rule.signed_in and rule.role != Role.PATIENT):
            return
        settle(request)
        if getattr(view, "is_translated", False):
            translation.activate(of(request))


def settle(request: HttpRequest) -> None:
    """Find the reader's own language, for a page of theirs that no view is behind too."""
    cast(Any, request).own_language = _own(request)


def _own(request: HttpRequest) -> str:
    asked: str = cast(Any, request).asked_language
    try:
        acting = signed_in(request)
        if acting is None:
            return asked
        patient = patient_of(acting) if acting.actor.role == Role.PATIENT else None
    except DatabaseError:
        return asked  # help and leaving come all the same
    return _offered(patient.language) if patient else ENGLISH


def _offered(code: str | None) -> str:
    """The language itself where the clinic has a catalogue of it, else English."""
    short = (code or "").replace("_", "-").split("-")[0].lower()
    return short if short in dict(settings.LANGUAGES) else ENGLISH
