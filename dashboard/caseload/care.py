"""Care of one record: who treats, plans that came along, handing over to a colleague, ending care."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import access
from clinic.actor import log
from clinic.models.care import CareKind
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload import plans
from dashboard.caseload.banner import banner
from dashboard.caseload.care_forms import DischargeForm, consequences
from dashboard.caseload.loader import Record, record_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.handing import TransferForm, name_of, sentences
from dashboard.times import said_date
from recommendations import handover
from recommendations.handover import HandoverRefused, Outlook
from recommendations.review import stop_choices


@allow(PSYCHOLOGIST)
@require_GET
def care(request: ActingRequest, ref: str) -> HttpResponse:
    """Who cares for this person, and what may be done about it."""
    record = record_of(request, ref, right=access.REVIEW)
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="care")
    waiting = handover.to_be_confirmed(record.patient, record.ring, at=request.at)
    context = {
        "record": record,
        "banner": banner(request, record),
        "team": [
            (
                name_of(each.user),
                CareKind(each.kind).label,
                said_date(each.starts_at.date(), today=request.at.date()),
            )
            for each in record.care
        ],
        "plans": plans.to_confirm(waiting, at=request.at, zone=record.zone),
        "stop_choices": stop_choices(),
        "may_change": _treats(request, record),
    }
    return render(request, "caseload/care.html", context)


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def transfer(request: ActingRequest, ref: str) -> HttpResponse:
    """Hand over to a colleague: choose, read what will happen, confirm."""
    record = _mine(request, ref)
    outlook = handover.outlook(patient=record.patient, giver=request.person, at=request.at)
    receivers = handover.receivers(patient=record.patient, giver=request.person, at=request.at)
    kept = resume.take(request) if request.method == "GET" else None
    initial = kept.fields.dict() if kept else None
    given = request.POST if request.method == "POST" else None
    form = TransferForm(given, receivers=receivers, outlook=outlook, initial=initial)
    if given is None or not form.is_valid():
        return _page(request, record, "transfer", form, status=422 if given is not None else 200)
    if request.POST.get("step") != "confirm":
        return _page(request, record, "transfer", form, summary=_summary(request, form, outlook))
    try:
        handover.transfer(
            patient=record.patient,
            giver=request.person,
            receiver=form.colleague,
            choice=form.choice,
            by=request.actor,
            at=request.at,
        )
    except HandoverRefused as refused:
        return _page(request, record, "transfer", form, refused=str(refused), status=422)
    done = _("%(number)s is in the care of %(name)s now.")
    facts = {"number": record.patient.record_number, "name": name_of(form.colleague)}
    messages.success(request, done % facts)
    return redirect("patients")


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def discharge(request: ActingRequest, ref: str) -> HttpResponse:
    """End care: say why and to whom they can turn, read what will happen, confirm."""
    record = _mine(request, ref)
    outlook = handover.outlook(patient=record.patient, giver=request.person, at=request.at)
    kept = resume.take(request) if request.method == "GET" else None
    given = request.POST if request.method == "POST" else None
    form = DischargeForm(given, plans=outlook.plans, initial=kept.fields.dict() if kept else None)
    if refusal := handover.refused_while_open(outlook.open_alerts):
        return _page(request, record, "discharge", form, refused=refusal, status=422 if given else 200)
    if given is None or not form.is_valid():
        return _page(request, record, "discharge", form, status=422 if given is not None else 200)
    if request.POST.get("step") != "confirm":
        summary = consequences(outlook, form.ending, number=record.patient.record_number)
        return _page(request, record, "discharge", form, summary=summary)
    try:
        handover.discharge(patient=record.patient, ending=form.ending, by=request.actor, at=request.at)
    except HandoverRefused as refused:
        return _page(request, record, "discharge", form, refused=str(refused), status=422)
    done = _("Care has ended for %(number)s. An administrator can take the person into care again.")
    messages.success(request, done % {"number": record.patient.record_number})
    return redirect("patients")


@allow(PSYCHOLOGIST)
@require_POST
def confirm(request: ActingRequest, ref: str, handed: UUID) -> HttpResponse:
    """Let a plan stand that a colleague signed."""
    record = record_of(request, ref, right=access.REVIEW)
    plan = handover.handed_plan(record.patient, handed, at=request.at)
    if plan is not None:
        handover.confirm(handed=plan, by=request.actor, at=request.at)
        messages.success(request, _("Confirmed. It stands on, under the name of whoever signed it."))
    return redirect("care", ref=ref)


def _treats(request: ActingRequest, record: Record) -> bool:
    return any(each.user_id == request.person.pk and each.kind == CareKind.TREATING for each in record.care)


def _mine(request: ActingRequest, ref: str) -> Record:
    """The record, for whoever treats its patient. Raises Http404 for others: colleagues who cover end no care."""
    record = record_of(request, ref, right=access.REVIEW)
    if not _treats(request, record):
        raise Http404
    return record


def _summary(request: ActingRequest, form: TransferForm, outlook: Outlook) -> list[str]:
    names = {"giver": name_of(request.person), "receiver": name_of(form.colleague)}
    return sentences(outlook, form.choice, **names)


def _page(
    request: ActingRequest,
    record: Record,
    name: str,
    form: TransferForm | DischargeForm,
    *,
    summary: list[str] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "record": record,
        "banner": banner(request, record),
        "form": form,
        "summary": summary,
        "refused": refused,
    }
    return render(request, f"caseload/{name}.html", context, status=status)
