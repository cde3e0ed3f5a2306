"""Who may use a view. Every view carries `@allow(rule)`; a test walks all routes and fails on one without.

The rule decides about the person and the role; about one record the package's loader decides, with 404 for whatever
is not this person's, so that nobody learns what exists.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from clinic import access, clock, sessions
from clinic.actor import Actor
from clinic.models.clinic import Clinic
from clinic.models.user import Role, User
from clinic.reauth import ROLE_KEY

P = ParamSpec("P")

STAFF_SESSION_HOURS = 12
"""Before a clinic was set up."""


class ActingRequest(HttpRequest):
    """A request of a signed-in person: who acts in which role, and the moment it arrived."""

    actor: Actor
    person: User
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a view: everybody, anybody signed in, or one role."""

    name: str
    signed_in: bool
    role: Role | None = None


EVERYBODY = Rule("everybody", signed_in=False)
SIGNED_IN = Rule("signed in", signed_in=True)
PSYCHOLOGIST = Rule("psychologist", signed_in=True, role=Role.PSYCHOLOGIST)
ADMINISTRATOR = Rule("administrator", signed_in=True, role=Role.ADMINISTRATOR)
PATIENT = Rule("patient", signed_in=True, role=Role.PATIENT)


Outsider = Callable[[HttpRequest], HttpResponse]


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to the sign-in page, and back here afterwards."""
    here = request.get_full_path() if request.method == "GET" else request.path
    return redirect(f"{reverse(settings.LOGIN_URL)}?next={quote(here, safe='/')}")


def allow(
    rule: Rule, *, outsider: Outsider = to_sign_in
) -> Callable[[Callable[Concatenate[ActingRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let only those whom `rule` names use a view; `outsider` answers those who are not signed in."""

    def decorate(
        view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not rule.signed_in:
                return view(cast(ActingRequest, request), *args, **kwargs)
            acting = signed_in(request)
            if acting is None:
                return outsider(request)
            if rule.role is not None and acting.actor.role != rule.role:
                raise Http404
            return view(acting, *args, **kwargs)

        cast(Any, guarded).access_rule = rule
        return guarded

    return decorate


def signed_in(request: HttpRequest) -> ActingRequest | None:
    """The request with its actor, or None when nobody is signed in or the acting role has ended meanwhile."""
    acting = cast(ActingRequest, request)
    if hasattr(acting, "actor"):
        return acting
    user = request.user
    if not user.is_authenticated:
        return None
    at = clock.now()
    if sessions.is_over(request, at=at):
        return None
    role = request.session.get(ROLE_KEY, "")
    if role not in access.roles_of(user, at=at):
        return None
    acting.at, acting.person, acting.actor = at, user, Actor(user=user, role=role)
    return acting


def act_as(request: HttpRequest, role: Role) -> None:
    """Make `role` the acting role of this session, with that role's idle time."""
    request.session[ROLE_KEY] = str(role)
    patient = role == Role.PATIENT
    request.session.set_expiry(settings.PATIENT_IDLE_SECONDS if patient else settings.STAFF_IDLE_SECONDS)


def begin_session(request: HttpRequest, *, at: dt.datetime) -> None:
    """Note when the session began; of staff it ends after the clinic's number of hours, whatever they do."""
    hours = Clinic.objects.values_list("staff_session_hours", flat=True).first()
    sessions.begin(request, staff_hours=hours or STAFF_SESSION_HOURS, at=at)


HOMES = {Role.PSYCHOLOGIST: "queue", Role.ADMINISTRATOR: "manage-people", Role.PATIENT: "portal-today"}


def home_of(role: str) -> str:
    """The address of a role's first page."""
    return reverse(HOMES[Role(role)])
