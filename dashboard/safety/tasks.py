"""Saying that a safety task is done."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic.models.risk import SafetyTask
from clinic.safety import triggers
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance.ended import ended


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def done(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Record it, of somebody in this person's care; a second press changes nothing."""
    mine = access.record_ids(request.person, at=request.at, right=access.ANSWER)
    task = SafetyTask.objects.filter(pk=task_id, patient__in=mine).select_related("patient").first()
    if task is None:
        raise Http404
    if request.method == "POST":
        if triggers.is_of_own(task, request.actor):
            messages.warning(request, _("Somebody else looks at this: it is about what you did."))
        elif triggers.done(task=task, by=request.actor, at=request.at):
            messages.success(request, _("Recorded that it is done."))
        else:
            messages.warning(request, _("It was done already. Nothing was changed."))
    return redirect("safety")
