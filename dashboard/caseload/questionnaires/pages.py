"""The pages of a record's questionnaires. Answers are shown only where the patient shares their source."""

import json
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic import access
from clinic.actor import log
from clinic.clock import local_date
from clinic.keys import CannotOpen
from clinic.models.assignment import Assignment
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import assign, due
from clinic.questionnaires.assign import LicenceMissing, NotAssigned
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.caseload.questionnaires import assigned, course, response
from dashboard.entrance import resume
from dashboard.entrance.ended import ended


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def questionnaires(request: ActingRequest, ref: str) -> HttpResponse:
    """What is assigned and how each course runs; a POST assigns."""
    record = record_of(request, ref, right=access.VIEW if request.method == "GET" else access.REVIEW)
    typed = resume.take(request) if request.method == "GET" else None
    today = local_date(at=request.at, zone=record.patient.zone)
    entered = request.POST if request.method == "POST" else typed.fields if typed else None
    form = assigned.AssignForm(entered, offered=assign.assignable(), today=today)
    if request.method == "POST":
        return _assign(request, record, form)
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="questionnaires")
    return _page(request, record, form, resumed=typed is not None)


def _assign(request: ActingRequest, record: Record, form: assigned.AssignForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, record, form, status=422)
    try:
        assign.assign(patient=record.patient, wanted=form.wanted, by=request.actor, at=request.at)
    except LicenceMissing as missing:
        form.add_error("instrument", str(missing))
        return _page(request, record, form, status=403)
    except NotAssigned as refused:
        form.add_error("instrument", str(refused))
        return _page(request, record, form, status=422)
    messages.success(request, _("Assigned. It appears on the patient’s page when it is due."))
    return redirect("questionnaires", ref=record.patient.record_number)


def _page(
    request: ActingRequest,
    record: Record,
    form: assigned.AssignForm,
    *,
    resumed: bool = False,
    status: int = 200,
) -> HttpResponse:
    patient, today = record.patient, local_date(at=request.at, zone=record.zone)
    shared = course.shared_sources(patient)
    standing = due.standing(patient, at=request.at)
    context = {
        "record": record,
        "banner": banner(request, record),
        "form": form,
        "resumed": resumed,
        "assigned": [assigned.line_of(each, may_end=record.may_review, today=today) for each in standing],
        "courses": course.courses(
            course.responses_of(patient, shared),
            course.Reader(patient.record_number, record.ring, request.at, today, record.zone),
        ),
        "shared": "questionnaire" in shared,
        "no_account": patient.user_id is None,
    }
    return render(request, "caseload/questionnaires/page.html", context, status=status)


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def end(request: ActingRequest, ref: str, assignment_id: UUID) -> HttpResponse:
    """End an assignment. Whoever comes by GET, as after signing in again, is sent to the page that holds it."""
    record = record_of(request, ref, right=access.REVIEW)
    row = (
        Assignment.objects.filter(pk=assignment_id, patient=record.patient).select_related("patient").first()
    )
    if row is None:
        raise Http404
    if request.method == "POST":
        assign.end(assignment=row, by=request.actor, at=request.at)
        messages.success(request, _("Ended. Nothing more is due from it, and what was answered stays."))
    return redirect("questionnaires", ref=ref)


@allow(PSYCHOLOGIST)
@require_GET
def one(request: ActingRequest, ref: str, response_id: UUID) -> HttpResponse:
    """One form with its answers. It does not exist for staff where the patient does not share its source."""
    record = record_of(request, ref)
    rows = QuestionnaireResponse.objects.filter(
        patient=record.patient, source__in=course.shared_sources(record.patient), superseded_by=None
    )
    row = rows.select_related("instrument", "patient").filter(pk=response_id).first()
    if row is None:
        raise Http404
    context = {
        "record": record,
        "banner": banner(request, record),
        "page": response.page_of(row, _opened(record, row), record.ring, at=request.at, zone=record.zone),
    }
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, subject=row)
    return render(request, "caseload/questionnaires/response.html", context)


def _opened(record: Record, row: QuestionnaireResponse) -> dict[str, int | None] | None:
    try:
        answers: dict[str, int | None] = json.loads(row.unseal(record.ring, "answers"))
    except CannotOpen:
        return None
    return answers
