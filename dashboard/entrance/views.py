"""Coming in, going out, changing role and colours, and the two ways that are open to everybody: help and leaving."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import access, clock
from clinic.actor import NOBODY, Actor, log
from clinic.models.user import Role
from dashboard import languages
from dashboard.access import (
    EVERYBODY,
    SIGNED_IN,
    ActingRequest,
    act_as,
    allow,
    begin_session,
    home_of,
    signed_in,
)
from dashboard.context import THEME_COOKIE, THEMES
from dashboard.entrance import resume
from dashboard.entrance.forms import SignInForm
from dashboard.entrance.help_card import card_of
from dashboard.entrance.page import sign_in_page
from dashboard.languages import translated

YEAR = 365 * 24 * 60 * 60


@allow(EVERYBODY)
@require_GET
def home(request: ActingRequest) -> HttpResponse:
    """The front door: the first page of the acting role, or the sign-in page."""
    acting = signed_in(request)
    return redirect(home_of(acting.actor.role) if acting else settings.LOGIN_URL)


@allow(EVERYBODY)
@require_http_methods(["GET", "POST"])
def sign_in(request: ActingRequest) -> HttpResponse:
    """Sign in with name and password; what was typed before the session ended comes along, sealed."""
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, form)
    if request.method == "POST":
        with transaction.atomic():
            log("sign_in_failed", by=NOBODY, at=clock.now())
    return sign_in_page(request, form, resume=request.POST.get("resume", ""), next=_next(request))


def _enter(request: ActingRequest, form: SignInForm) -> HttpResponse:
    user, at = form.get_user(), clock.now()
    roles = [role for role in Role if role in access.roles_of(user, at=at)]
    if not roles:
        form.add_error(None, form.no_role_message)
        return sign_in_page(request, form, next=_next(request))
    with transaction.atomic():
        login(request, user)
        act_as(request, roles[0])
        begin_session(request, at=at)
        log("signed_in", by=Actor(user, roles[0]), at=at)
    kept = resume.keep(request, request.POST.get("resume", ""))
    return HttpResponseRedirect(kept or _next(request) or home_of(roles[0]))


def _next(request: ActingRequest) -> str:
    """Where to go afterwards: an address of ours, or "" for anything else."""
    url = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=settings.HTTPS
    )
    return url if ours else ""


@allow(SIGNED_IN)
@require_POST
def sign_out(request: ActingRequest) -> HttpResponse:
    """End the session."""
    with transaction.atomic():
        log("signed_out", by=request.actor, at=request.at)
        logout(request)
    response = redirect(settings.LOGIN_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@allow(SIGNED_IN)
@require_POST
def switch_role(request: ActingRequest) -> HttpResponse:
    """Act in another role that this person holds."""
    wanted = request.POST.get("role", "")
    if wanted in access.roles_of(request.person, at=request.at):
        with transaction.atomic():
            act_as(request, Role(wanted))
            request.session.cycle_key()
            log("role_switched", by=Actor(request.person, wanted), at=request.at, reason=wanted)
        return redirect(home_of(wanted))
    return redirect("home")


@allow(EVERYBODY)
@require_POST
def theme(request: ActingRequest) -> HttpResponse:
    """Light, dark, or as the device has it."""
    wanted = request.POST.get("theme", "")
    response = HttpResponseRedirect(_next(request) or "/")
    if wanted in THEMES:
        response.set_cookie(THEME_COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@allow(EVERYBODY)
@require_POST
def language(request: ActingRequest) -> HttpResponse:
    """The language for whoever is not signed in; a patient's own record decides afterwards."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(_next(request) or "/")
    if wanted in dict(settings.LANGUAGES):
        name, secure = settings.LANGUAGE_COOKIE_NAME, settings.HTTPS
        response.set_cookie(name, wanted, max_age=YEAR, samesite="Lax", secure=secure)
    return response


@translated
@allow(EVERYBODY)
@require_GET
def leave(request: ActingRequest) -> HttpResponse:
    """Leave this page: ends the session and shows a page that says nothing of where one was."""
    try:
        _end_session(request)
    except DatabaseError:
        # The page must come whatever happens. An empty session also makes the middleware drop the cookie.
        request.session = SessionStore()
    response = HttpResponse(render_to_string("entrance/left.html"))
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _end_session(request: ActingRequest) -> None:
    acting = signed_in(request)
    if acting:
        with transaction.atomic():
            log("signed_out", by=acting.actor, at=acting.at, reason="leave")
            logout(request)


@translated
@allow(EVERYBODY)
@require_GET
def help_page(request: ActingRequest) -> HttpResponse:
    """Help for anybody, signed in or not, without a script."""
    card = card_of("help", language=languages.of(request))
    return render(request, "entrance/help.html", {"card": card})
