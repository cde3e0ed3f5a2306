"""Licences with their last day: whose signing is refused, and whose soon will be."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.governance.context.licences import licence_page
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def licences(request: ActingRequest) -> HttpResponse:
    """Every psychologist who can sign in, the first to end first."""
    shown = licence_page(at=request.at, zone=clinic_zone())
    with transaction.atomic():
        facts = {"listed": "licences", "rows": len(shown.lines)}
        log("people_page_opened", by=request.actor, at=request.at, facts=facts)
    return render(request, "governance/licences.html", {"shown": shown})
