"""One alert: reading it and taking it. The AI gives no advice here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic.safety import alerts
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.safety import context, loader, page
from dashboard.times import clinic_zone


@allow(PSYCHOLOGIST)
@require_GET
def safety_alert(request: ActingRequest, alert_id: UUID) -> HttpResponse:
    """The alert: number, time and level; for its owner and the care team also who it is and what was said."""
    return page.opened(request, loader.load(alert_id, request.person))


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def take(request: ActingRequest, alert_id: UUID) -> HttpResponse:
    """Become the owner. Whoever comes second is told who was first and since when."""
    alert = loader.load(alert_id, request.person)
    if request.method == "POST":
        try:
            alerts.take(alert=alert, by=request.actor, at=request.at)
        except alerts.AlertRefused:
            messages.warning(request, _taken_already(request, alert_id))
    return redirect("safety-alert", alert_id=alert_id)


def _taken_already(request: ActingRequest, alert_id: UUID) -> str:
    alert = loader.load(alert_id, request.person)
    first = context.owner(alert, by=request.person, at=request.at, zone=clinic_zone())
    if first is None:
        return _("Somebody else has taken this alert already.")
    return _("{name} was first and has had this alert since {since}.").format(
        name=first.name, since=first.since
    )
