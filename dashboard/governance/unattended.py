"""Records that nobody attends to: by record number, each with the way to put somebody in care."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.governance import loader
from dashboard.governance.context.unattended import unattended_list
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def unattended(request: ActingRequest) -> HttpResponse:
    """The list, page by page."""
    query = loader.query(request)
    shown = unattended_list(
        query=query, after=loader.query(request, "after"), at=request.at, zone=clinic_zone()
    )
    with transaction.atomic():
        facts = {"listed": "unattended", "rows": len(shown.lines)}
        log("teams_page_opened", by=request.actor, at=request.at, facts=facts)
    context = {"listed": shown, "query": query, "paged": "after" in request.GET}
    return render(request, "governance/unattended.html", context)
