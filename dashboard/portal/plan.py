"""My plan: everything that was signed and can be read, and what was taken out. Printed, it is the plan's sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import loaders, steps
from dashboard.portal.context import PlanPage
from dashboard.portal.reading import closed, name_of, nothing, read_plan
from dashboard.portal.when import calendar_of
from dashboard.turn_to import turn_to


@allow(PATIENT)
@require_GET
def plan(request: ActingRequest) -> HttpResponse:
    """The plan with its history."""
    patient = loaders.me(request)
    ring, calendar = loaders.my_ring(patient), calendar_of(patient, at=request.at)
    published = read_plan(request, patient, ring)
    page = PlanPage(
        name=name_of(patient, ring),
        printed=calendar.full(request.at),
        steps=steps.plan(published, calendar) if published else (),
        closed=closed(published),
        nothing=nothing(published, patient, at=request.at),
        stops=steps.stops(published, calendar, over=turn_to(patient)) if published else (),
    )
    return render(request, "portal/plan.html", {"page": page})
