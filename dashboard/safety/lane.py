"""The safety list: every open alert of the clinic, gravest first, and what is due for the safety of people."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from clinic.oncall import ahead
from clinic.safety import overdue
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.duties import NowOnCall, now_on_call
from dashboard.safety import context, loader, paged, worklist
from dashboard.safety.ahead import clock
from dashboard.times import midnight


@allow(PSYCHOLOGIST)
@require_GET
def safety(request: ActingRequest) -> HttpResponse:
    """Alerts that wait, what is due, concerns, those that somebody has taken, and those that were closed today."""
    overdue.sweep(at=request.at)
    clinic, at, by = Clinic.objects.get(), request.at, request.person
    found = loader.open_alerts(by)
    today = midnight(day=local_date(at=at, zone=clinic.zone), zone=clinic.zone)
    closed, work = loader.closed_since(today, by), worklist.loaded(by, clinic, at=at)
    patients = {each.patient_id: each.patient for each in [*found, *closed]} | work.patients
    known = loader.known(patients.values(), by, at=at)
    on_call = now_on_call(at=at, zone=clinic.zone)
    lane = context.lane(
        found,
        closed,
        known,
        by=by,
        at=at,
        zone=clinic.zone,
        paged=_paged(found, at=at, zone=clinic.zone),
        clocks=_clocks(found, on_call, by=by, at=at, zone=clinic.zone),
    )
    with transaction.atomic():
        log("safety_opened", by=request.actor, at=at, facts={"open": len(found)})
    shown = {
        "lane": lane,
        "work": worklist.shown(work, known, by=by, at=at, zone=clinic.zone),
        "on_call": on_call,
    }
    return render(request, "safety/lane.html", shown)


def _paged(found: list[SafetyAlert], *, at: dt.datetime, zone: str) -> dict[UUID, str]:
    """Who was paged about the alerts of each of these lines and when: one query."""
    steps = paged.of_lines(found, at=at)
    return {alert: paged.clock(pages, at=at, zone=zone) for alert, pages in steps.items()}


def _clocks(
    found: list[SafetyAlert], on_call: NowOnCall, *, by: User, at: dt.datetime, zone: str
) -> dict[UUID, str]:
    """By when somebody must act on each of these, and who is paged if nobody does: three queries."""
    coming = ahead.of_people((each.patient_id for each in found), on_call.minutes, at=at)
    clocks = {
        each.pk: clock(
            each,
            coming.of_line(each),
            is_mine=each.taken_by_id == by.pk,
            anybody=on_call.anybody,
            at=at,
            zone=zone,
        )
        for each in found
    }
    return {alert: found_clock.words for alert, found_clock in clocks.items() if found_clock}
