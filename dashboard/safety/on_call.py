"""Being on call: who is now, one's own hours, where one is paged, and a test page."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from clinic.models.oncall import Position, RotaSlot, Weekday
from clinic.models.page import Page, Step
from clinic.models.user import User
from clinic.oncall import rota, rows, testing
from clinic.oncall.testing import TestRefused
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.duties import now_on_call, page_lines
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.reached import ReachedForm, store, stored
from dashboard.times import clinic_zone

TESTS_LISTED = 4


@dataclass(frozen=True, slots=True)
class OwnHours:
    """On which days one is on call, from when to when, and in which position."""

    days: str
    hours: str
    position: str


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def on_call(request: ActingRequest) -> HttpResponse:
    """One's own page of being on call; a POST records where one is paged."""
    if request.method == "GET":
        typed = resume.take(request)
        initial = typed.fields.dict() if typed else stored(request.person)
        with transaction.atomic():
            log("rota_page_opened", by=request.actor, at=request.at)
        return _page(request, ReachedForm(initial=initial), resumed=typed is not None)
    form = ReachedForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if store(request, form, user=request.person):
        messages.success(request, _("Recorded. Send a test page to see that it arrives."))
    return redirect("safety-on-call")


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def test(request: ActingRequest) -> HttpResponse:
    """A test page to oneself, over every channel that one has set."""
    if request.method == "POST":
        try:
            testing.ask(user=request.person, by=request.actor, at=request.at)
            messages.success(
                request, _("A test page is on its way. Load this page again in a few seconds for its result.")
            )
        except TestRefused as refused:
            messages.warning(request, str(refused))
    return redirect("safety-on-call")


def _page(
    request: ActingRequest, form: ReachedForm, *, resumed: bool = False, status: int = 200
) -> HttpResponse:
    zone = clinic_zone()
    tests = Page.objects.filter(recipient=request.person, step=Step.TEST).order_by("-due_at")
    shown = {
        "now": now_on_call(at=request.at, zone=zone),
        "hours": _hours(request.person),
        "form": form,
        "resumed": resumed,
        "has_address": bool(rows.channels().get(request.person.pk)),
        "tests": page_lines(tests[:TESTS_LISTED], at=request.at, zone=zone),
    }
    return render(request, "safety/on_call.html", shown, status=status)


def _hours(person: User) -> list[OwnHours]:
    """One line for each position and stretch of the day, with the days of the week on which it is."""
    found: dict[tuple[str, dt.time, dt.time], list[int]] = {}
    standing = RotaSlot.objects.filter(user=person, removed_at=None).order_by("starts", "weekday")
    for slot in standing:
        found.setdefault((slot.position, slot.starts, slot.ends), []).append(slot.weekday)
    return [
        OwnHours(
            days=_days(days),
            hours=_("{start} to {end}").format(start=f"{starts:%H:%M}", end=_end(ends)),
            position=str(Position(position).label),
        )
        for position in rota.ORDER
        for (of_position, starts, ends), days in found.items()
        if of_position == position
    ]


def _days(days: list[int]) -> str:
    if len(days) == len(Weekday):
        return _("Every day")
    return ", ".join(str(Weekday(day).label) for day in days)


def _end(ends: dt.time) -> str:
    """Midnight at the end of a day is written as such."""
    return "24:00" if ends == dt.time(0) else f"{ends:%H:%M}"
