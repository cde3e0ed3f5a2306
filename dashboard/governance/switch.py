"""The AI switches. Stopping takes one person and holds at once; starting again takes two."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic import ai, reauth
from clinic.actor import log
from clinic.ai import RestartRefused
from clinic.reauth import NotConfirmed
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.governance.acts import posted
from dashboard.governance.context.ai import switches as context
from dashboard.governance.forms import PasswordForm
from dashboard.times import clinic_zone
from recommendations import permissions


@allow(ADMINISTRATOR)
@require_GET
def switches(request: ActingRequest) -> HttpResponse:
    """Whether AI is on, and the records for which it is stopped."""
    with transaction.atomic():
        log("switch_page_opened", by=request.actor, at=request.at)
    return _page(request, PasswordForm())


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-switch")
def stop(request: ActingRequest) -> HttpResponse:
    """Stop all AI and withdraw the drafts that nobody has signed."""
    form = PasswordForm(request.POST)
    if not _confirmed(request, form, otherwise=_("That is not your password. AI is still on.")):
        return _page(request, form, status=422)
    permissions.stop_ai(patient=None, by=request.actor, at=request.at)
    messages.success(request, _("AI is stopped for everybody. Unsigned drafts were withdrawn."))
    return redirect("manage-switch")


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-switch")
def ask(request: ActingRequest) -> HttpResponse:
    """The first of the two people who start AI again."""
    standing = ai.standing_stop(None)
    if standing:
        ai.ask_restart(stop=standing, by=request.actor, at=request.at)
        messages.success(request, _("Asked. AI stays off until a second administrator confirms."))
    return redirect("manage-switch")


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-switch")
def start(request: ActingRequest) -> HttpResponse:
    """The second person starts AI again."""
    standing, form = ai.standing_stop(None), PasswordForm(request.POST)
    if standing is None:
        return redirect("manage-switch")
    if not _confirmed(request, form, otherwise=_("That is not your password. AI stays off.")):
        return _page(request, form, status=422)
    try:
        ai.confirm_restart(stop=standing, by=request.actor, at=request.at)
        messages.success(request, _("AI is on again. New drafts come with the next scoring."))
    except RestartRefused as refused:
        messages.warning(request, str(refused))
    return redirect("manage-switch")


def _confirmed(request: ActingRequest, form: PasswordForm, *, otherwise: str) -> bool:
    """Whether the person at the keyboard gave their password; if not, the form says so."""
    if not form.is_valid():
        return False
    try:
        given = form.cleaned_data["password"]
        reauth.confirm(request, user=request.person, password=given, at=request.at)
    except NotConfirmed:
        form.add_error("password", otherwise)
        return False
    return True


def _page(request: ActingRequest, form: PasswordForm, *, status: int = 200) -> HttpResponse:
    shown = context(by=request.person, at=request.at, zone=clinic_zone())
    return render(request, "governance/switch.html", {"switches": shown, "form": form}, status=status)
