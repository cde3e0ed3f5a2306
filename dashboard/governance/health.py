"""Is the installation well, and having everybody scored now."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic import outbox
from clinic.actor import log
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.governance.acts import posted
from dashboard.governance.context.health import health_page
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def health(request: ActingRequest) -> HttpResponse:
    """What answers, what was seen at work, what waits."""
    with transaction.atomic():
        log("health_page_opened", by=request.actor, at=request.at)
    shown = health_page(at=request.at, zone=clinic_zone())
    return render(request, "governance/health.html", {"shown": shown})


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-health")
def score(request: ActingRequest) -> HttpResponse:
    """Have everybody scored now rather than at night, through the outbox."""
    with transaction.atomic():
        outbox.enqueue("recommendations.tasks.score_everybody")
        log("scoring_asked", by=request.actor, at=request.at)
    messages.success(
        request,
        _("Asked. Scoring begins within seconds, unless a run of everybody began in the last five minutes."),
    )
    return redirect("manage-health")
