"""Error pages. Each says what happened, what was kept and what to do next, and each carries the way to help.

They need nothing: no database, no session, no signed-in person. Only the portal keeps its frame where it can.
"""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from clinic.keys import KeysUnavailable
from clinic.models.user import Role
from dashboard import assets, languages
from dashboard.access import signed_in
from dashboard.context import THEME_COOKIE, THEMES


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Neither names nor the clinic: only the reader’s colours and language, and the fonts that are installed."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    known = {"theme": theme if theme in THEMES else "", "assets": {"fonts": assets.has_fonts()}}
    context = known | {"own_language": languages.of(request)}
    return HttpResponse(render_to_string(f"errors/{template}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request made no sense; nothing was stored."""
    return _page(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(request, "not_found", 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not this person's; which of the two is not said.

    Whoever is signed in as a patient keeps the portal's frame, with the way to help. Where that cannot be drawn, the
    page that needs nothing stands in.
    """
    if request.path.startswith(reverse("portal-today")):
        try:
            if (acting := signed_in(request)) and acting.actor.role == Role.PATIENT:
                languages.settle(request)
                return render(request, "errors/not_found_portal.html", status=404)
        except DatabaseError:
            pass
    return _page(request, "not_found", 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token did not fit: usually a page left open over a sign-out."""
    return _page(request, "form_expired", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with the static help when PostgreSQL or the key store does not answer: nothing was stored."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError | KeysUnavailable):
        return _page(request, "storage_down", 503)
    return _page(request, "server_error", 500)
