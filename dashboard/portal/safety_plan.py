"""My safety plan, whole: to be read and printed. Nothing ever hides it: no stop of an AI, no end of care."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic import safety_plan
from clinic.keys import CannotOpen
from clinic.models.patient import Patient
from clinic.safety.protocols import HELP
from clinic.safety_plan import Part
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.languages import translated
from dashboard.portal import danger, loaders
from dashboard.portal.letters import name_of
from dashboard.portal.parts_safety import PlanPart, SafetyPlanPage
from dashboard.portal.reading import name_of as patients_name
from dashboard.portal.safety_plan_words import QUESTIONS, closed, written
from dashboard.portal.when import Calendar, calendar_of


@translated
@allow(PATIENT)
@require_GET
def plan(request: ActingRequest) -> HttpResponse:
    """The seven sections as they stand, with the clinic's numbers below them."""
    patient = loaders.me(request)
    calendar, parts = calendar_of(patient, at=request.at), parts_of(patient)
    page = SafetyPlanPage(
        name=patients_name(patient, loaders.my_ring(patient)),
        printed=calendar.full(request.at),
        looked_at=_looked_at(patient, calendar),
        parts=tuple(line_of(part, calendar) for part in parts or ()),
        card=danger.card(HELP, language=patient.language, at=request.at),
        closed="" if parts else closed(),
    )
    return render(request, "portal/safety_plan.html", {"page": page}, status=503 if page.closed else 200)


def parts_of(patient: Patient) -> tuple[Part, ...] | None:
    """The sections, or None while they cannot be opened."""
    ring = loaders.my_ring(patient)
    try:
        return safety_plan.standing(patient, ring) if ring else None
    except CannotOpen:
        return None


def line_of(part: Part, calendar: Calendar) -> PlanPart:
    """One section as the page says it."""
    return PlanPart(
        code=part.section,
        title=part.section.label,
        question=QUESTIONS[part.section],
        words=part.words,
        written=written(part.entry, calendar) if part.entry and part.words else "",
        url=reverse("portal-safety-plan-section", args=[part.section]),
    )


def _looked_at(patient: Patient, calendar: Calendar) -> str:
    review = safety_plan.last_review(patient)
    if review is None:
        return ""
    facts = {
        "name": name_of(review.reviewed_by),
        "day": calendar.on_day(calendar.date_of(review.reviewed_at)),
    }
    return _("%(name)s looked at it with you %(day)s.") % facts
