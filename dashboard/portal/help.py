"""Get help: the clinic's card, which needs no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from clinic.safety.protocols import HELP
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.languages import translated
from dashboard.portal import danger, loaders
from dashboard.portal.context import HelpPage


def _public_help(request: HttpRequest) -> HttpResponse:
    """Help never asks anybody to sign in."""
    return redirect("help")


@translated
@allow(PATIENT, outsider=_public_help)
@require_GET
def get_help(request: ActingRequest) -> HttpResponse:
    """Where to find a person now."""
    patient = loaders.me(request)
    card = danger.card(HELP, language=patient.language, at=request.at)
    return render(request, "portal/help.html", {"page": HelpPage(card)})
