"""The rota: who is on call in which position at which hours, and who is away."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from clinic.models.oncall import RotaSlot
from clinic.oncall import absences as recorded
from clinic.oncall import keeping
from clinic.oncall.absences import EndsTooLate, LeavesNobody
from clinic.oncall.gaps import Left
from clinic.oncall.keeping import LastOfPosition, RotaRefused
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.governance.context.absences import what_it_leaves
from dashboard.governance.context.care import psychologists
from dashboard.governance.context.rota import last_line, rota_page
from dashboard.governance.rota_forms import AbsenceForm, SlotForm
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def rota(request: ActingRequest) -> HttpResponse:
    """The page, and putting somebody on the rota."""
    choices = psychologists(at=request.at)
    if request.method == "GET":
        typed = resume.take(request)
        with transaction.atomic():
            log("rota_page_opened", by=request.actor, at=request.at)
        initial = typed.fields if typed else {}
        slot = SlotForm(psychologists=choices, initial=_typed(initial))
        return _page(request, slot=slot, resumed=typed is not None)
    form = SlotForm(request.POST, psychologists=choices)
    if not form.is_valid():
        return _page(request, slot=form, status=422)
    try:
        added = keeping.add_slots(slots=form.slots(), by=request.actor, at=request.at)
    except RotaRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, slot=form, status=422)
    said = ngettext("{count} slot is on the rota.", "{count} slots are on the rota.", added)
    messages.success(request, said.format(count=added))
    return redirect("manage-rota")


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-rota")
def remove(request: ActingRequest, slot_id: UUID) -> HttpResponse:
    """Take a slot off the rota; the last of a position only by whoever knows that."""
    slot, known = loader.slot(slot_id), "known" in request.POST
    try:
        removed = keeping.remove_slot(slot=slot, by=request.actor, at=request.at, known=known)
    except LastOfPosition as last:
        return _page(request, last=slot, alone=last.alone, status=422)
    if removed:
        messages.success(request, _("Taken off the rota."))
    else:
        messages.warning(request, _("This slot was off the rota already. Nothing was changed."))
    return redirect("manage-rota")


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def absences(request: ActingRequest) -> HttpResponse:
    """Record that somebody is away."""
    choices = psychologists(at=request.at)
    if request.method == "GET":
        typed = resume.take(request)
        if typed is None:
            return redirect("manage-rota")
        away = AbsenceForm(psychologists=choices, initial=typed.fields.dict())
        return _page(request, away=away, resumed=True)
    form = AbsenceForm(request.POST, psychologists=choices)
    if not form.is_valid():
        return _page(request, away=form, status=422)
    known = form.cleaned_data["known"]
    try:
        recorded.add_absence(
            absence=form.absence(clinic_zone()), known=known, by=request.actor, at=request.at
        )
    except LeavesNobody as leaves:
        return _page(request, away=form, left=leaves.left, status=422)
    except RotaRefused as refused:
        form.add_error("to_day" if isinstance(refused, EndsTooLate) else None, str(refused))
        return _page(request, away=form, status=422)
    if known:
        messages.warning(request, _("The absence was recorded, with the hours that it leaves with nobody."))
    else:
        messages.success(request, _("The absence was recorded."))
    return redirect("manage-rota")


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-rota")
def absence_remove(request: ActingRequest, absence_id: UUID) -> HttpResponse:
    """Take an absence back."""
    if recorded.remove_absence(absence=loader.absence(absence_id), by=request.actor, at=request.at):
        messages.success(
            request, _("The absence was taken back: they are on call again where the rota says so.")
        )
    else:
        messages.warning(request, _("This absence was taken back already. Nothing was changed."))
    return redirect("manage-rota")


def _typed(fields: object) -> dict[str, object]:
    """What was typed, with every day that was ticked."""
    if not isinstance(fields, dict) or not fields:
        return {}
    days = fields.getlist("weekdays") if hasattr(fields, "getlist") else []
    return {name: fields[name] for name in fields} | {"weekdays": days}


def _page(
    request: ActingRequest,
    *,
    slot: SlotForm | None = None,
    away: AbsenceForm | None = None,
    left: Left | None = None,
    last: RotaSlot | None = None,
    alone: bool = False,
    resumed: bool = False,
    status: int = 200,
) -> HttpResponse:
    choices, zone = psychologists(at=request.at), clinic_zone()
    shown = {
        "shown": rota_page(at=request.at, zone=zone),
        "slot": slot or SlotForm(psychologists=choices),
        "away": away or AbsenceForm(psychologists=choices),
        "resumed": resumed,
        "leaves": what_it_leaves(left, at=request.at, zone=zone) if left else None,
        "last": last_line(last) if last else None,
        "alone": alone,
        "wrong": (slot or away) if status == 422 and not left else None,
    }
    return render(request, "governance/rota.html", shown, status=status)
