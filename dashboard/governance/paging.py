"""Where people are paged, when an alert goes on, and what became of pages."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from clinic.models.user import User
from clinic.oncall import keeping, paging, testing
from clinic.oncall.minutes import Minutes
from clinic.oncall.testing import TestRefused
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.governance.context.names import printed
from dashboard.governance.context.paging import paging_page
from dashboard.governance.paging_forms import MinutesForm
from dashboard.reached import ReachedForm, store, stored
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def times(request: ActingRequest) -> HttpResponse:
    """The page, and setting when each step is due."""
    if request.method == "GET":
        typed = resume.take(request)
        with transaction.atomic():
            log("rota_page_opened", by=request.actor, at=request.at)
        initial = typed.fields.dict() if typed else _initial(paging.minutes_of_the_clinic())
        return _page(request, MinutesForm(initial=initial), resumed=typed is not None)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    keeping.set_minutes(minutes=form.minutes(), by=request.actor, at=request.at)
    messages.success(request, _("The times were recorded. They hold for every alert from now on."))
    return redirect("manage-paging")


def _initial(minutes: Minutes) -> dict[str, int]:
    return {name: getattr(minutes, name) for name in MinutesForm.base_fields}


def _page(
    request: ActingRequest, form: MinutesForm, *, resumed: bool = False, status: int = 200
) -> HttpResponse:
    shown = {
        "shown": paging_page(at=request.at, zone=clinic_zone()),
        "form": form,
        "resumed": resumed,
    }
    return render(request, "governance/paging.html", shown, status=status)


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def person(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Where one psychologist is paged."""
    return _reached(request, loader.psychologist(user_id, at=request.at))


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def receiver(request: ActingRequest) -> HttpResponse:
    """Where the clinic's own receiver is, which is paged at every step."""
    return _reached(request, None)


def _reached(request: ActingRequest, user: User | None) -> HttpResponse:
    if request.method == "GET":
        typed = resume.take(request)
        initial = typed.fields.dict() if typed else stored(user)
        with transaction.atomic():
            log("rota_page_opened", by=request.actor, at=request.at, subject=user)
        return _reached_page(
            request, user, ReachedForm(initial=initial, is_person=user is not None), resumed=typed is not None
        )
    form = ReachedForm(request.POST, is_person=user is not None)
    if not form.is_valid():
        return _reached_page(request, user, form, status=422)
    if store(request, form, user=user):
        messages.success(request, _("Recorded. Send a test page to see that it arrives."))
    return redirect("manage-paging")


def _reached_page(
    request: ActingRequest, user: User | None, form: ReachedForm, *, resumed: bool = False, status: int = 200
) -> HttpResponse:
    name = printed(user) if user else _("The clinic’s own receiver")
    shown = {"name": name, "is_person": user is not None, "form": form, "resumed": resumed}
    return render(request, "governance/paging_address.html", shown, status=status)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-paging")
def test_person(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """A test page to one psychologist."""
    return _tested(request, loader.psychologist(user_id, at=request.at))


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-paging")
def test_receiver(request: ActingRequest) -> HttpResponse:
    """A test page to the clinic's own receiver."""
    return _tested(request, None)


def _tested(request: ActingRequest, user: User | None) -> HttpResponse:
    try:
        testing.ask(user=user, by=request.actor, at=request.at)
        messages.success(
            request, _("A test page is on its way. Load this page again in a few seconds for its result.")
        )
    except TestRefused as refused:
        messages.warning(request, str(refused))
    return redirect("manage-paging")
