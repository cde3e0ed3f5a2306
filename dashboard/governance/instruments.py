"""The questionnaires of this clinic and their licences: recording that an owner's permission is there."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from clinic.actor import log
from clinic.clock import local_date
from clinic.models.assignment import InstrumentPermission
from clinic.questionnaires import assign, catalogue
from clinic.questionnaires.definition import LICENCES, Definition, Licence
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance.context.names import printed
from dashboard.governance.forms import PermissionForm
from dashboard.times import clinic_zone, said_date


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """One questionnaire: what its licence asks for, what was recorded, and whether it can be assigned."""

    name: str
    title: str
    version: str
    licence: StrOrPromise
    note: str
    permission: str
    state: str
    kind: str


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def instruments(request: ActingRequest) -> HttpResponse:
    """Every questionnaire with its licence; a POST records a permission."""
    definitions = catalogue.definitions()
    today = local_date(at=request.at, zone=clinic_zone())
    gated = [(each.key, each.name) for each in definitions if each.licence is not Licence.FREE]
    if request.method == "GET":
        typed = resume.take(request)
        initial = typed.fields.dict() if typed else None
        form = PermissionForm(instruments=gated, today=today, initial=initial)
        with transaction.atomic():
            log("instruments_page_opened", by=request.actor, at=request.at)
        return _page(request, definitions, form, resumed=typed is not None)
    form = PermissionForm(request.POST, instruments=gated, today=today)
    if not form.is_valid():
        return _page(request, definitions, form, status=422)
    permission = assign.NewPermission(**form.cleaned_data)
    assign.permit(permission=permission, by=request.actor, at=request.at)
    messages.success(request, _("Recorded: {name}.").format(name=dict(gated)[permission.key]))
    return redirect("manage-instruments")


def _page(
    request: ActingRequest,
    definitions: list[Definition],
    form: PermissionForm,
    *,
    resumed: bool = False,
    status: int = 200,
) -> HttpResponse:
    rows = InstrumentPermission.objects.select_related("recorded_by__staff").order_by("happened_at")
    found = {row.key: row for row in rows}
    today = local_date(at=request.at, zone=clinic_zone())
    lines = [_line(each, found.get(each.key), today=today) for each in definitions]
    context = {"lines": lines, "form": form, "resumed": resumed}
    return render(request, "governance/instruments.html", context, status=status)


def _line(definition: Definition, row: InstrumentPermission | None, *, today: dt.date) -> InstrumentLine:
    state, kind = _state(definition, row)
    return InstrumentLine(
        name=definition.name,
        title=definition.title,
        version=definition.version,
        licence=LICENCES[definition.licence],
        note=definition.notice,
        permission=_permission(row, today=today) if row else "",
        state=state,
        kind=kind,
    )


def _state(definition: Definition, row: InstrumentPermission | None) -> tuple[str, str]:
    if not definition.questions:
        return _("Listed only: its questions are not part of this product"), ""
    if definition.licence is Licence.FREE or row:
        return _("Can be assigned"), "ok"
    return _("Cannot be assigned yet"), "warn"


def _permission(row: InstrumentPermission, *, today: dt.date) -> str:
    return _("{owner}, {document}, {dated}. Recorded by {name}.").format(
        owner=row.owner,
        document=row.document,
        dated=said_date(row.dated, today=today),
        name=printed(row.recorded_by),
    )
