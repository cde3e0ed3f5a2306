"""Handing over the care of a record whose psychologist cannot: by record number only."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.access import OwnCare
from clinic.actor import log
from clinic.models.care import CareKind, CareRelationship
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance import loader
from dashboard.handing import TransferForm, name_of, sentences
from recommendations import handover
from recommendations.handover import HandoverRefused


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def transfer(request: ActingRequest, care_id: UUID) -> HttpResponse:
    """Choose a colleague, read what will happen in figures, confirm."""
    care = _standing(request, care_id)
    outlook = handover.outlook(patient=care.patient, giver=care.user, at=request.at)
    receivers = handover.receivers(patient=care.patient, giver=care.user, at=request.at)
    kept = resume.take(request) if request.method == "GET" else None
    given = request.POST if request.method == "POST" else None
    initial = kept.fields.dict() if kept else None
    form = TransferForm(given, receivers=receivers, outlook=outlook, initial=initial)
    if given is None:
        with transaction.atomic():
            log("teams_page_opened", by=request.actor, at=request.at, patient=care.patient)
    if given is None or not form.is_valid():
        return _page(request, care, form, status=422 if given is not None else 200)
    if request.POST.get("step") != "confirm":
        names = {"giver": name_of(care.user), "receiver": name_of(form.colleague)}
        return _page(request, care, form, summary=sentences(outlook, form.choice, **names))
    try:
        handover.transfer(
            patient=care.patient,
            giver=care.user,
            receiver=form.colleague,
            choice=form.choice,
            by=request.actor,
            at=request.at,
        )
    except (HandoverRefused, OwnCare) as refused:
        return _page(request, care, form, refused=str(refused), status=422)
    facts = {"number": care.patient.record_number, "name": name_of(form.colleague)}
    messages.success(request, _("%(number)s is in the care of %(name)s now.") % facts)
    return redirect("manage-teams")


def _standing(request: ActingRequest, care_id: UUID) -> CareRelationship:
    """A standing relationship of somebody who treats. Raises Http404 for any other."""
    care = loader.care(care_id)
    over = care.ends_at is not None and care.ends_at <= request.at
    if over or care.kind != CareKind.TREATING:
        raise Http404
    return care


def _page(
    request: ActingRequest,
    care: CareRelationship,
    form: TransferForm,
    *,
    summary: list[str] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "number": care.patient.record_number,
        "giver": name_of(care.user),
        "form": form,
        "summary": summary,
        "refused": refused,
    }
    return render(request, "governance/transfer.html", context, status=status)
