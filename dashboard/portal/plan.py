"""My plan: everything that was signed and can be read, and what was taken out. Printed, it is the plan's sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import loaders, steps
from dashboard.portal.context import PlanPage
from dashboard.portal.reading import closed, name_of, read_plan
from dashboard.portal.when import calendar_of


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
        stops=steps.stops(published, calendar) if published else (),
    )
    return render(request, "portal/plan.html", {"page": page})
