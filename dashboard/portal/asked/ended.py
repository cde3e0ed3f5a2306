"""A form that was posted when its session had ended: nothing is stored, its safety question is read, help is shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import clock
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import danger
from dashboard.access import to_sign_in
from dashboard.entrance.ended import sign_in_page
from dashboard.portal import unsigned
from dashboard.portal.asked import noticed
from dashboard.portal.asked.posted import AUTOSAVE, SEND, Posted, read
from dashboard.portal.danger import of_words_that_were_not_added
from dashboard.portal.ended import before_sign_in
from dashboard.portal.parts import Danger


def ended_form(request: HttpRequest) -> HttpResponse:
    """The sign-in page, with help where an answer calls for it; what the page saves by itself gets its own part.

    An alert opens for the patient whom the form's signed token names; without such a token nobody can be told.
    """
    if request.method != "POST":
        return to_sign_in(request)
    form = read(request.POST, _key(request))
    found = _danger(request, form) if form else None
    if form and form.step == AUTOSAVE:
        words = _("You were signed out. Press Send and sign in: your answers come back.")
        return render(request, "portal/asked/_autosaved.html", {"danger": found, "words": words}, status=401)
    if found is None:
        return sign_in_page(request)
    return sign_in_page(request, card=before_sign_in(found.card), passed_on=found.passed_on)


def _key(request: HttpRequest) -> str:
    """Which instrument the address is about. Of somebody's own response only the kind of form is looked up."""
    match = request.resolver_match
    given = match.kwargs if match else {}
    if "instrument" in given:
        return str(given["instrument"])
    rows = QuestionnaireResponse.objects.filter(pk=str(given.get("response", "")))
    return rows.values_list("instrument__key", flat=True).first() or ""


def _danger(request: HttpRequest, form: Posted) -> Danger | None:
    at, found = clock.now(), danger.found_in(form.definition, form.answers, sent=form.step == SEND)
    patient = unsigned.patient_of(request)
    if patient is None:
        return noticed.of_detection(found, language=get_language() or "en", at=at)
    known = unsigned.standing(patient, int(found.level), at=at)
    if known is not None:
        return of_words_that_were_not_added(known, patient=patient, at=at)
    notice = noticed.in_answers(found, patient=patient, submission=form.submission, at=at)
    return noticed.of_notice(notice, patient=patient, quoting=False, at=at)
