"""The short form for screening facts: contraindications are checked against them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic import screening as facts
from clinic.actor import log
from clinic.models.screening import ScreeningSource
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.forms import ScreeningForm
from dashboard.caseload.loader import Record, record_of
from dashboard.caseload.screening_lines import lines_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from recommendations import permissions
from recommendations.permissions import Recorded


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def screening(request: ActingRequest, ref: str) -> HttpResponse:
    """Read and change what is known. Open drafts that are blocked by it are withdrawn with the same act."""
    record = record_of(request, ref, right=access.REVIEW)
    present = facts.standing(record.patient)
    typed = resume.take(request) if request.method == "GET" else None
    entered: Any = request.POST if request.method == "POST" else typed.fields if typed else None
    form = ScreeningForm(entered, facts=present)
    if request.method == "POST" and form.is_valid():
        return _record(request, record, form)
    context = {
        "record": record,
        "banner": banner(request, record),
        "form": form,
        "lines": lines_of(present, at=request.at, zone=record.zone),
        "resumed": typed is not None,
    }
    if request.method == "GET":
        with transaction.atomic():
            log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="screening")
    return render(request, "caseload/screening.html", context)


def _record(request: ActingRequest, record: Record, form: ScreeningForm) -> HttpResponse:
    made = permissions.record_screening(
        patient=record.patient,
        answers=form.answers,
        source=ScreeningSource(form.cleaned_data["source"]),
        by=request.actor,
        at=request.at,
    )
    for level, words in _told(made):
        messages.add_message(request, level, words)
    return redirect("patient", ref=record.patient.record_number)


def _told(made: Recorded) -> list[tuple[int, str]]:
    """What followed from it, in sentences."""
    if not made.facts:
        return [(messages.INFO, _("Nothing changed, so nothing was recorded."))]
    told = [(messages.SUCCESS, _("Recorded. Drafts are checked against it from now on."))]
    if made.steps:
        words = ngettext(
            "%(count)d signed step is stopped: a rule of its text names what you recorded. The patient reads a plain "
            "sentence in its place. Talk to them about it.",
            "%(count)d signed steps are stopped: rules of their texts name what you recorded. The patient reads a "
            "plain sentence in their place. Talk to them about it.",
            made.steps,
        )
        told.append((messages.WARNING, words % {"count": made.steps}))
    return told
