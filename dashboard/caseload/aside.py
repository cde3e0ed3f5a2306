"""The lists beside the queue: deferred, waiting on others, questions to oneself, and what one has signed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.models.clinic import Clinic
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.aside_rows import Clock, rows_of
from dashboard.caseload.cursors import After, asked_for, page_of
from dashboard.caseload.questions import questions_of
from dashboard.caseload.signed import signed_rows
from dashboard.caseload.turn_list import turns_of
from recommendations import queue
from recommendations.waiting import turn
from recommendations.workflow import State


@allow(PSYCHOLOGIST)
@require_GET
def deferred(request: ActingRequest) -> HttpResponse:
    """The drafts that wait for a day."""
    return _aside(request, State.DEFERRED, "queue-deferred", "caseload/deferred.html")


@allow(PSYCHOLOGIST)
@require_GET
def waiting(request: ActingRequest) -> HttpResponse:
    """The drafts that wait for an answer."""
    return _aside(request, State.ASKED, "queue-waiting", "caseload/waiting.html")


def _aside(request: ActingRequest, state: State, name: str, template: str) -> HttpResponse:
    clinic = Clinic.objects.get()
    drafts = turn.put_aside(request.person, state, at=request.at).select_related(
        "patient", "reading", "release", "intervention"
    )
    page = page_of(drafts, After("waiting_since", "id"), asked_for(request, UUID))
    clock = Clock(request.at, clinic.zone, dt.timedelta(hours=clinic.waiting_aim_hours))
    rows = rows_of(page.rows, clock)
    return _page(request, template, name, clinic, rows, page.next_after)


@allow(PSYCHOLOGIST)
@require_GET
def questions(request: ActingRequest) -> HttpResponse:
    """The questions that wait for this person's own answer."""
    clinic = Clinic.objects.get()
    asked = turn.questions_to(request.person, at=request.at)
    page = page_of(asked, After("paused_at", "id"), asked_for(request, UUID))
    rows = questions_of(page.rows, at=request.at, zone=clinic.zone)
    return _page(request, "caseload/questions.html", "queue-questions", clinic, rows, page.next_after)


@allow(PSYCHOLOGIST)
@require_GET
def signed(request: ActingRequest) -> HttpResponse:
    """What this person has signed, newest first."""
    clinic = Clinic.objects.get()
    decided = queue.signed_by(request.person)
    page = page_of(decided, After("decided_at", "id", newest_first=True), asked_for(request, UUID))
    rows = signed_rows(page.rows, by=request.person, at=request.at, zone=clinic.zone)
    return _page(request, "caseload/signed.html", "queue-signed", clinic, rows, page.next_after)


def _page(
    request: ActingRequest, template: str, name: str, clinic: Clinic, rows: list[Any], next_after: str
) -> HttpResponse:
    """One list with the turns beside it. Opening it is one audit entry."""
    here = reverse(name)
    context = {
        "turns": turns_of(request, clinic),
        "rows": rows,
        "first_url": here if request.GET.get("after") else "",
        "next_url": f"{here}?after={next_after}" if next_after else "",
    }
    with transaction.atomic():
        log("aside_opened", by=request.actor, at=request.at, reason=name, facts={"rows": len(rows)})
    return render(request, template, context)
