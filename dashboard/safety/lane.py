"""The safety list: every open alert of the clinic, gravest first."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.clock import local_date
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.duties import now_on_call
from dashboard.safety import context, loader
from dashboard.times import clinic_zone, midnight


@allow(PSYCHOLOGIST)
@require_GET
def safety(request: ActingRequest) -> HttpResponse:
    """Alerts that wait, concerns, those that somebody has taken, and those that were closed today."""
    zone = clinic_zone()
    found = loader.open_alerts(request.person)
    today = midnight(day=local_date(at=request.at, zone=zone), zone=zone)
    closed = loader.closed_since(today, request.person)
    patients = {alert.patient_id: alert.patient for alert in [*found, *closed]}
    known = loader.known(patients.values(), request.person, at=request.at)
    lane = context.lane(found, closed, known, by=request.person, at=request.at, zone=zone)
    with transaction.atomic():
        log("safety_opened", by=request.actor, at=request.at, facts={"open": len(found)})
    shown = {"lane": lane, "on_call": now_on_call(at=request.at, zone=zone)}
    return render(request, "safety/lane.html", shown)
