"""Middleware of the screens."""

import logging
import time
from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from clinic import sessions
from dashboard.operations import numbers

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


class PrivatePagesMiddleware:
    """No page of ours is kept by a browser or a proxy; only files under /static/ are, and whitenoise serves those."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forbid keeping the answer, unless the view has said otherwise."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        return response


class LateSessionMiddleware(SessionMiddleware):
    """A session that cannot be written at the end takes nothing from the answer.

    Everything else is committed by then. Django would answer 400 where the session or PostgreSQL went away in
    between: that nothing was stored, though it was, and without the help that the answer carries.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write the session if it can be written, and if something was done in it."""
        if sessions.is_left_alone(request):
            return response
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, DatabaseError, InterfaceError):
            logger.warning("the session could not be written; the answer stands")
            return response


UNSAID = {"healthz", "readyz", "metrics", "safety-live"}
"""Machines and open screens ask these every few seconds: they are counted, and leave no line."""


class RequestLogMiddleware:
    """One line for each answer: which address by its name, how long, whose role. No path, no query, nothing typed.

    A record number stands in it as a keyed digest: lines about one record can be put together, and nobody reads which.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time the answer and say so, in the log and in the numbers."""
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        match = request.resolver_match
        route = match.url_name if match and match.url_name else "none"
        numbers.SECONDS.labels(route, request.method or "", response.status_code).observe(seconds)
        if route not in UNSAID:
            self._say(request, response, route, seconds)
        return response

    def _say(self, request: HttpRequest, response: HttpResponse, route: str, seconds: float) -> None:
        actor, match = getattr(request, "actor", None), request.resolver_match
        more = {
            "route": route,
            "method": request.method,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            "role": actor.role if actor else "nobody",
        }
        if match and "ref" in match.kwargs:
            more["record"] = _hashed(str(match.kwargs["ref"]))
        logger.info("answered", extra=more)


def _hashed(ref: str) -> str:
    return salted_hmac("countersign.log.record", ref, algorithm="sha256").hexdigest()[:12]
