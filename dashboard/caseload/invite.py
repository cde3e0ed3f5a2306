"""A psychologist invites somebody into their own care."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic import invitations
from clinic.access import NotAllowed
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.entrance.invite_forms import InvitePatientForm
from dashboard.entrance.sheet import sheet
from dashboard.times import clinic_zone

RECORD_NUMBER = re.compile(r"CS-[0-9A-Z-]{1,9}")


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def invite(request: ActingRequest) -> HttpResponse:
    """Record number, time zone and language; the answer shows the code, once."""
    if request.method == "GET":
        typed = resume.take(request)
        first = {"zone": clinic_zone(), "language": "en", "record_number": _record_number(request)}
        form = InvitePatientForm(initial=typed.fields.dict() if typed else first)
        return _page(request, form, resumed=typed is not None)
    form = InvitePatientForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        person = form.invited(request.person)
        made = invitations.invite(person=person, by=request.actor, at=request.at)
    except NotAllowed as refused:
        form.add_error("record_number", str(refused))
        return _page(request, form, status=422)
    return sheet(
        request,
        "caseload/invitation_sheet.html",
        made=made,
        at=request.at,
        back=reverse("patient-invitations"),
    )


def _page(
    request: ActingRequest, form: InvitePatientForm, *, resumed: bool = False, status: int = 200
) -> HttpResponse:
    return render(request, "caseload/invite.html", {"form": form, "resumed": resumed}, status=status)


def _record_number(request: ActingRequest) -> str:
    """The record that the page before named; who may invite to it is asked when the form is sent."""
    given = request.GET.get("record", "")
    return given if RECORD_NUMBER.fullmatch(given) else ""
