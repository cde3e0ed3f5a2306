"""About me: what may be done with what I enter, each switch on its own, my language and time zone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import ai
from clinic.consent_texts import TEXTS
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import loaders
from dashboard.portal.consents import sources
from dashboard.portal.context import AboutPage
from dashboard.portal.when import Calendar, calendar_of
from recommendations import permissions

SHOWN_KEY = "about-source"
"""Which source's switches stand open after one of them was turned."""


@allow(PATIENT)
@require_http_methods(["GET", "POST"])
def about(request: ActingRequest) -> HttpResponse:
    """The switches; a POST turns one of them on or off."""
    patient = loaders.me(request)
    if request.method == "POST":
        _turn(request, patient)
        return redirect("portal-about")
    calendar = calendar_of(patient, at=request.at)
    page = AboutPage(
        sources=sources(patient, calendar, shown=request.session.pop(SHOWN_KEY, "")),
        ai=_ai(patient, calendar),
        language=_language(patient.language),
        zone=patient.zone.replace("_", " "),
    )
    return render(request, "portal/about.html", {"page": page})


def _turn(request: ActingRequest, patient: Patient) -> None:
    """Give or withdraw the consent that the pressed button names; anything else changes nothing."""
    wanted = (request.POST.get("source", ""), request.POST.get("purpose", ""))
    if wanted not in TEXTS:
        return
    request.session[SHOWN_KEY] = wanted[0]
    source, purpose, answer = Source(wanted[0]), Purpose(wanted[1]), request.POST.get("answer")
    if answer == "give":
        permissions.give_consent(
            patient=patient, source=source, purpose=purpose, by=request.actor, at=request.at
        )
        messages.success(request, _("Switched on."))
    elif answer == "withdraw":
        permissions.withdraw_consent(
            patient=patient, source=source, purpose=purpose, by=request.actor, at=request.at
        )
        messages.success(request, _("Switched off. It holds from now on."))


def _language(code: str) -> str:
    """The language's name, or its code where Django does not know it."""
    if code == "und":
        return _("Another language; the pages are in English")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _ai(patient: Patient, calendar: Calendar) -> str:
    """Whether somebody at the clinic has stopped AI, for everybody or for this person."""
    everywhere, here = ai.standing_stop(None), ai.standing_stop(patient)
    stop = everywhere or here
    if stop is None:
        return _("Nobody at the clinic has stopped AI. It is used as your switches say.")
    when = calendar.on_day(calendar.date_of(stop.stopped_at))
    if everywhere:
        words = _("The clinic stopped all AI %(when)s. Your care goes on, and your signed plan stays.")
    else:
        words = _("The clinic stopped AI for you %(when)s. Your care goes on, and your signed plan stays.")
    return words % {"when": when}
