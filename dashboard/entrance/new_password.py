"""A new password by a code from the clinic. Open to everybody; nothing here says whether an account exists."""

from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import clock, guessing, invitations, password_links, password_renewal
from clinic.actor import NOBODY, log
from clinic.models.password_link import PasswordLink
from clinic.password_links import LinkEnded, LinkState, UnknownCode
from clinic.password_renewal import Outcome
from dashboard import languages
from dashboard.access import EVERYBODY, ActingRequest, allow
from dashboard.entrance.help_card import of_detection
from dashboard.entrance.join_forms import CodeForm
from dashboard.entrance.password_forms import NewPasswordForm


@allow(EVERYBODY)
@require_http_methods(["GET", "POST"])
def forgot(request: ActingRequest) -> HttpResponse:
    """Whom to ask, and the field for the code that they gave."""
    if request.method == "GET":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    found = _link(request, form.cleaned_data["code"])
    if isinstance(found, HttpResponse):
        return found
    return redirect("new-password", code=invitations.tidied(form.cleaned_data["code"]))


@allow(EVERYBODY)
@require_http_methods(["GET", "POST"])
def new_password(request: ActingRequest, code: str) -> HttpResponse:
    """Choose it. Every session and token of the account ends; signing in is the next step."""
    found = _link(request, code)
    if isinstance(found, HttpResponse):
        return found
    asks = password_renewal.asked_of(found)
    if request.method == "GET":
        return _page(request, NewPasswordForm(asks=asks))
    form = NewPasswordForm(request.POST, asks=asks)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        outcome = password_renewal.use(code=code, chosen=form.chosen, submission=uuid4(), at=clock.now())
    except LinkEnded as ended:
        return _ended_page(request, ended.state)
    if outcome.user is None:
        return _refused(request, form, outcome)
    card = _card(request, outcome)
    shown = {"sign_in_name": outcome.user.sign_in_name, "card": card}
    return render(request, "entrance/password_done.html", shown)


def _link(request: ActingRequest, code: str) -> PasswordLink | HttpResponse:
    """The open link of a code, or the page that says why there is none and what to do."""
    try:
        return password_links.of_code(code, at=clock.now())
    except LinkEnded as ended:
        return _ended_page(request, ended.state)
    except UnknownCode:
        if invitations.is_known(code):
            return redirect("join-code", code=invitations.tidied(code))
        if guessing.is_guessing(request):
            return render(request, "entrance/join_paused.html", status=429)
        with transaction.atomic():
            log("join_failed", by=NOBODY, at=clock.now())
        guessing.count_wrong_code(request)
        form = CodeForm({"code": code[:60]})
        form.add_error("code", _("This code is not known. Compare it letter by letter with the paper."))
        return _code_page(request, form, status=422)


def _refused(request: ActingRequest, form: NewPasswordForm, outcome: Outcome) -> HttpResponse:
    """The answer did not fit. Which part of it is not said."""
    if not outcome.left:
        return _ended_page(request, LinkState.GUESSED, card=_card(request, outcome))
    form.does_not_fit(form.asked_field, outcome.left)
    return _page(request, form, card=_card(request, outcome), status=422)


def _card(request: ActingRequest, outcome: Outcome) -> object:
    """The help card where what was typed asks for one."""
    if outcome.notice is None or not outcome.notice.detection.level:
        return None
    return of_detection(outcome.notice.detection, language=languages.of(request))


def _code_page(request: ActingRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "entrance/password_code.html", {"form": form}, status=status)


def _page(
    request: ActingRequest, form: NewPasswordForm, *, card: object = None, status: int = 200
) -> HttpResponse:
    return render(request, "entrance/password_new.html", {"form": form, "card": card}, status=status)


def _ended_page(request: ActingRequest, state: LinkState, *, card: object = None) -> HttpResponse:
    return render(request, "entrance/password_ended.html", {"state": str(state), "card": card}, status=410)
