"""Error pages. Each says what happened, what was kept and what to do next, and each carries the way to help.

They need nothing: no database, no session, no signed-in person.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _page(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{template}.html"), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request made no sense; nothing was stored."""
    return _page("bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page("not_found", 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not this person's; which of the two is not said."""
    return _page("not_found", 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token did not fit: usually a page left open over a sign-out."""
    return _page("form_expired", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with the static help when PostgreSQL does not answer: nothing was stored."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _page("storage_down", 503)
    return _page("server_error", 500)
