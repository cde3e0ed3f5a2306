"""The risk of one person: what was judged, when it is judged again, and what is to do."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import access, reauth
from clinic.actor import log
from clinic.keys import CannotOpen, KeysUnavailable
from clinic.models.clinic import Clinic
from clinic.reauth import NotConfirmed, Proof
from clinic.safety import cadence, risk, triggers
from clinic.safety.risk import StepDownRefused
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.caseload.risk_forms import AssessForm, RaiseForm
from dashboard.caseload.risk_lines import judged, tasks_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def risk_of(request: ActingRequest, ref: str) -> HttpResponse:
    """The page; a POST records a judgement. A lower level asks for a reason and the password."""
    record = record_of(request, ref, right=access.ANSWER)
    if request.method == "GET":
        kept = resume.take(request)
        return _page(request, record, _form(record, initial=kept.fields.dict() if kept else None))
    form = _form(record, request.POST)
    if not form.is_valid():
        return _page(request, record, form, status=422)
    try:
        _assess(request, record, form)
    except NotConfirmed as refused:
        form.add_error("password", str(refused))
        return _page(request, record, form, status=403)
    except StepDownRefused as refused:
        form.add_error("level", str(refused))
        return _page(request, record, form, status=422)
    except (KeysUnavailable, CannotOpen):
        form.add_error(
            None, _("Nothing was stored: the note cannot be encrypted just now. It is still here.")
        )
        return _page(request, record, form, status=422)
    messages.success(request, _("Recorded. The date below follows from it."))
    return redirect("risk", ref=ref)


def _form(record: Record, posted: QueryDict | None = None, **more: Any) -> AssessForm:
    patient = record.patient.pk
    standing = cadence.level_of(patient)
    return AssessForm(posted, standing=standing, is_alert_open=risk.is_open_beside(patient), **more)


def _assess(request: ActingRequest, record: Record, form: AssessForm) -> None:
    given = form.cleaned_data
    proof: Proof | None = None
    if form.is_lower:
        password = given["password"]
        proof = reauth.confirm(request, user=request.person, password=password, at=request.at)
    risk.assess(
        patient=record.patient,
        level=given["level"],
        note=given["note"],
        reason=given.get("reason"),
        proof=proof,
        submission=form.submission_id,
        by=request.actor,
        at=request.at,
    )


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def raise_one(request: ActingRequest, ref: str) -> HttpResponse:
    """Ask for another look at this person, by hand."""
    record = record_of(request, ref, right=access.ANSWER)
    kept = resume.take(request) if request.method == "GET" else None
    if request.method == "GET" and kept is None:
        return redirect("risk", ref=ref)
    form = RaiseForm(initial=kept.fields.dict()) if kept else RaiseForm(request.POST)
    if kept is None and form.is_valid():
        try:
            note = form.cleaned_data["note"]
            triggers.by_hand(patient=record.patient, note=note, by=request.actor, at=request.at)
        except (KeysUnavailable, CannotOpen):
            form.add_error(
                None, _("Nothing was stored: the note cannot be encrypted just now. It is still here.")
            )
        else:
            messages.success(request, _("It stands in the safety list of everybody in the care team."))
            return redirect("risk", ref=ref)
    return _page(request, record, _form(record), raising=form, status=200 if kept else 422)


def _page(
    request: ActingRequest,
    record: Record,
    form: AssessForm,
    *,
    raising: RaiseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.method == "GET":
        with transaction.atomic():
            log("safety_person_opened", by=request.actor, at=request.at, patient=record.patient)
    clinic = Clinic.objects.get()
    context = {
        "record": record,
        "banner": banner(request, record),
        "judged": judged(record.patient, record.ring, clinic, at=request.at),
        "tasks": tasks_of(record.patient, record.ring, at=request.at, zone=record.zone),
        "form": form,
        "raising": raising or RaiseForm(),
    }
    return render(request, "caseload/risk.html", context, status=status)
