"""Care relationships: who may open which record. By record number only."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic.access import OwnCare
from clinic.actor import log
from clinic.clock import local_date
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.user import User
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.governance.context.care import Place, care_list, psychologists
from dashboard.governance.context.names import printed
from dashboard.governance.forms import StartCareForm
from dashboard.times import clinic_zone, midnight


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def teams(request: ActingRequest) -> HttpResponse:
    """The care relationships, and starting one."""
    zone = clinic_zone()
    choices, today = psychologists(at=request.at), local_date(at=request.at, zone=zone)
    if request.method == "GET":
        typed = resume.take(request)
        initial = typed.fields.dict() if typed else {"record_number": loader.query(request, "record")}
        form = StartCareForm(psychologists=choices, today=today, initial=initial)
        with transaction.atomic():
            log("teams_page_opened", by=request.actor, at=request.at)
        return _page(request, form, zone=zone, resumed=typed is not None)
    form = StartCareForm(request.POST, psychologists=choices, today=today)
    if not form.is_valid():
        return _page(request, form, zone=zone, status=422)
    try:
        _start(request, form, zone=zone)
    except OwnCare as refused:
        form.add_error("psychologist", str(refused))
        return _page(request, form, zone=zone, status=422)
    return redirect("manage-teams")


def place_of(given: QueryDict) -> Place:
    """Which list was asked for."""
    if given.get("ended") == "1":
        return Place.ENDED
    return Place.DUE if given.get("due") == "1" else Place.STANDING


def _start(request: ActingRequest, form: StartCareForm, *, zone: str) -> None:
    given = form.cleaned_data
    user = User.objects.select_related("staff").get(pk=given["psychologist"])
    last = given["last_day"]
    ends_at = midnight(day=last + dt.timedelta(days=1), zone=zone) if last else None
    access.start_care(
        patient=given["record_number"],
        user=user,
        kind=CareKind(given["kind"]),
        ends_at=ends_at,
        by=request.actor,
        at=request.at,
    )
    said = _("{name} may open {number} from now on.")
    messages.success(request, said.format(name=printed(user), number=given["record_number"].record_number))


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-teams")
def end(request: ActingRequest, care_id: UUID) -> HttpResponse:
    """End a care relationship: access ends with it, at once."""
    care = loader.care(care_id)
    if care.kind == CareKind.SAFETY:
        messages.warning(request, _("This one ends when its safety alert is closed."))
        return redirect("manage-teams")
    access.end_care(care=care, by=request.actor, at=request.at)
    care.refresh_from_db(fields=["ends_at"])
    name, number = printed(care.user), care.patient.record_number
    if care.ends_at is not None and care.ends_at <= request.at:
        messages.success(request, _("{name} can no longer open {number}.").format(name=name, number=number))
    else:
        messages.warning(
            request, _("It did not end: {name} can still open {number}.").format(name=name, number=number)
        )
    return redirect("manage-teams")


def _page(
    request: ActingRequest, form: StartCareForm, *, zone: str, resumed: bool = False, status: int = 200
) -> HttpResponse:
    place, query = place_of(request.GET), loader.query(request)
    listed = care_list(query=query, place=place, after=loader.cursor(request), at=request.at, zone=zone)
    shown = {
        "listed": listed,
        "place": place.value,
        "only": "" if place == Place.STANDING else "1",
        "every_days": Clinic.objects.values_list("access_check_days", flat=True).get(),
        "query": query,
        "paged": "after" in request.GET,
        "form": form,
        "resumed": resumed,
    }
    return render(request, "governance/teams.html", shown, status=status)
