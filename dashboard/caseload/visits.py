"""Appointments of one record: set, changed and cancelled; past ones stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, appointments
from clinic.actor import log
from clinic.appointments import AppointmentRefused
from clinic.clock import local_date
from clinic.keys import CannotOpen
from clinic.models.appointment import Appointment
from clinic.safety.missed import missed
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.appointment_forms import AppointmentForm, filled, spoken
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.handing import name_of
from recommendations import correspondence
from recommendations.correspondence import WordsOfADraft

MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment as the page says it."""

    appointment_id: UUID
    when: str
    how: str
    words: str


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def visits(request: ActingRequest, ref: str) -> HttpResponse:
    """What is agreed, what was, and the form for another one."""
    record = record_of(request, ref, right=access.REVIEW)
    return _form_page(request, record, None)


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, ref: str, appointment: UUID) -> HttpResponse:
    """Move an appointment that is still to come."""
    record = record_of(request, ref, right=access.REVIEW)
    return _form_page(request, record, _coming(request, record, appointment))


@allow(PSYCHOLOGIST)
@require_POST
def cancel(request: ActingRequest, ref: str, appointment: UUID) -> HttpResponse:
    """Cancel an appointment that is still to come."""
    record = record_of(request, ref, right=access.REVIEW)
    try:
        appointments.cancel(
            appointment=_coming(request, record, appointment), by=request.actor, at=request.at
        )
        messages.success(request, _("Cancelled. The patient’s portal no longer shows it."))
    except AppointmentRefused as refused:
        messages.warning(request, str(refused))
    return redirect("appointments", ref=ref)


@allow(PSYCHOLOGIST)
@require_POST
def did_not_come(request: ActingRequest, ref: str, appointment: UUID) -> HttpResponse:
    """Record that the patient did not come to an appointment that is past."""
    record = record_of(request, ref, right=access.REVIEW)
    found = appointments.standing(record.patient).filter(pk=appointment, starts_at__lte=request.at).first()
    if found is None:
        raise Http404
    try:
        if missed(appointment=found, by=request.actor, at=request.at):
            messages.warning(
                request, _("Recorded. The risk is high: ring now. Three tasks stand in the safety list.")
            )
        else:
            messages.success(request, _("Recorded that they did not come."))
    except AppointmentRefused as refused:
        messages.warning(request, str(refused))
    return redirect("appointments", ref=ref)


def _coming(request: ActingRequest, record: Record, appointment_id: UUID) -> Appointment:
    """One that is still to come. Raises Http404 for any other."""
    found = appointments.upcoming(record.patient, at=request.at).filter(pk=appointment_id).first()
    if found is None:
        raise Http404
    return found


def _form_page(request: ActingRequest, record: Record, changed: Appointment | None) -> HttpResponse:
    kept = resume.take(request) if request.method == "GET" else None
    given: Mapping[str, Any] | None = request.POST if request.method == "POST" else None
    begun = filled(changed, _words(record, changed)) if changed else {"held_by": str(request.person.pk)}
    team = access.care_team(record.patient, at=request.at)
    form = AppointmentForm(given, team=team, initial=kept.fields.dict() if kept else begun)
    if given is None or not form.is_valid():
        return _page(request, record, form, changed, status=200 if given is None else 422)
    try:
        agreed = correspondence.agree(
            patient=record.patient,
            slot=form.slot(record.zone),
            by=request.actor,
            at=request.at,
            instead_of=changed,
        )
    except (AppointmentRefused, WordsOfADraft) as refused:
        form.add_error("words" if isinstance(refused, WordsOfADraft) else "time", str(refused))
        return _page(request, record, form, changed, status=422)
    messages.success(request, _("Changed.") if changed else _("Set. The patient sees it in their portal."))
    if appointments.clashes(agreed):
        held = _(
            "%(name)s has another appointment in the same minutes. Both stand: change one, or keep both."
        )
        messages.warning(request, held % {"name": name_of(agreed.held_by)})
    return redirect("appointments", ref=record.patient.record_number)


def _page(
    request: ActingRequest,
    record: Record,
    form: AppointmentForm,
    changed: Appointment | None,
    *,
    status: int,
) -> HttpResponse:
    every = list(appointments.standing(record.patient))
    if request.method == "GET":
        with transaction.atomic():
            log(
                "record_opened",
                by=request.actor,
                at=request.at,
                patient=record.patient,
                reason="appointments",
            )
    coming = [each for each in every if each.starts_at > request.at]
    past = [each for each in reversed(every) if each.starts_at <= request.at]
    context = {
        "record": record,
        "banner": banner(request, record),
        "form": form,
        "changed": _visit(request, record, changed) if changed else None,
        "coming": [_visit(request, record, each) for each in coming],
        "past": [_visit(request, record, each) for each in past[:MOST_PAST]],
    }
    return render(request, "caseload/appointments.html", context, status=status)


def _visit(request: ActingRequest, record: Record, appointment: Appointment) -> Visit:
    minutes = _("%(count)d minutes") % {"count": appointment.minutes}
    how = f"{appointment.get_place_display()} · {name_of(appointment.held_by)} · {minutes}"
    today = local_date(at=request.at, zone=record.zone)
    when = spoken(appointment, today=today)
    return Visit(appointment.pk, when, how, _words(record, appointment))


def _words(record: Record, appointment: Appointment) -> str:
    try:
        return appointment.unseal(record.ring, "words")
    except CannotOpen:
        return ""
