"""The page of one patient: mood, check-ins, drafts, what was signed, screening, and the stop of AI."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload import drafts, plans, toast
from dashboard.caseload.ai_state import ai_state
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import record_of
from dashboard.caseload.mood import charts_of
from dashboard.caseload.open_alerts import gravest
from dashboard.caseload.screening_lines import lines_of as screening_lines
from recommendations import contraindications, publications
from recommendations.review import stop_choices


@allow(PSYCHOLOGIST)
@require_GET
def patient(request: ActingRequest, ref: str) -> HttpResponse:
    """One record. Opening it is an audit entry that the patient can see."""
    record = record_of(request, ref)
    released = publications.for_staff(record.patient, record.ring, at=request.at)
    shown_banner = banner(request, record)
    facts = contraindications.standing_of(record.patient, gravest=gravest(shown_banner.alerts))
    charts = charts_of(request, record, released, path=reverse("patient", args=[ref]))
    shown = drafts.lines_of(
        drafts.of_patient(record.patient, at=request.at) if record.may_review else [],
        record.ring,
        patient=record.patient,
        with_words=record.standing.ai_allowed,
        at=request.at,
        zone=record.zone,
    )
    context = {
        "record": record,
        "banner": shown_banner,
        "mood": charts.mood,
        "signals": charts.signals,
        "open_drafts": [line for line in shown if line.is_open],
        "ended_drafts": [line for line in shown if not line.is_open][: drafts.MOST_ENDED],
        "blocked": drafts.blocked_lines(charts.mood.latest, facts),
        "plans": plans.lines_of(released, at=request.at, zone=record.zone),
        "stop_choices": stop_choices(),
        "screening": screening_lines(facts, at=request.at, zone=record.zone),
        "alerts": shown_banner.alerts,
        "ai": ai_state(
            record.standing, by=request.person, at=request.at, zone=record.zone, alone=record.is_mine_alone
        ),
        "toast": toast.take(request),
    }
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, subject=record.patient)
    return render(request, "caseload/patient.html", context)
