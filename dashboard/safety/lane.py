"""The safety list: every open alert of the clinic, gravest first, and what is due for the safety of people."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.safety import overdue
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.duties import now_on_call
from dashboard.safety import context, loader, paged, worklist
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
    clocks = {
        alert: paged.clock(steps, at=at, zone=clinic.zone)
        for alert, steps in paged.clocks((each.pk for each in found), at=at).items()
    }
    lane = context.lane(found, closed, known, by=by, at=at, zone=clinic.zone, clocks=clocks)
    with transaction.atomic():
        log("safety_opened", by=request.actor, at=at, facts={"open": len(found)})
    shown = {
        "lane": lane,
        "work": worklist.shown(work, known, by=by, at=at, zone=clinic.zone),
        "on_call": now_on_call(at=at, zone=clinic.zone),
    }
    return render(request, "safety/lane.html", shown)
