"""Stopping AI for one patient takes one person and holds at once; starting it again takes two."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic import access, ai
from clinic.ai import RestartRefused
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.loader import record_of
from recommendations import permissions


@allow(PSYCHOLOGIST)
@require_POST
def patient_ai(request: ActingRequest, ref: str) -> HttpResponse:
    """`act` is "stop", "ask" (to start it again) or "confirm"; anything else changes nothing."""
    record = record_of(request, ref, right=access.REVIEW)
    act, stop = request.POST.get("act", ""), record.standing.stop
    if act == "stop":
        permissions.stop_ai(patient=record.patient, by=request.actor, at=request.at)
        messages.success(
            request,
            _("AI is switched off for this person. Open drafts were withdrawn; everything signed stays."),
        )
    elif act == "ask" and stop is not None:
        ai.ask_restart(stop=stop, by=request.actor, at=request.at)
        messages.info(request, _("You asked to start AI again. It stays off until a second person confirms."))
    elif act == "confirm" and stop is not None:
        try:
            ai.confirm_restart(stop=stop, by=request.actor, at=request.at)
            messages.success(
                request, _("AI is on again for this person. New drafts come with the next scoring run.")
            )
        except RestartRefused as refused:
            messages.warning(request, str(refused))
    return redirect("patient", ref=ref)
