"""One person's page."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.clock import local_date
from clinic.models.user import User
from clinic.oncall.gaps import Left
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.governance import loader
from dashboard.governance.context.absences import what_the_end_leaves
from dashboard.governance.context.person import person_page
from dashboard.governance.forms import LicenceForm, TrainingForm
from dashboard.governance.programs import lines
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def person(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Roles, sign-in and licence of one account."""
    user = loader.account(user_id)
    with transaction.atomic():
        log("people_page_opened", by=request.actor, at=request.at, subject=user)
    return page(request, user)


def page(
    request: ActingRequest,
    user: User,
    form: LicenceForm | None = None,
    training: TrainingForm | None = None,
    leaves: Left | None = None,
    role: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with the form as it was sent where something in it did not fit; `leaves` is what the end of the
    access, or of the `role`, would leave on call."""
    zone = clinic_zone()
    shown = person_page(user, by=request.person, at=request.at, zone=zone)
    forms = {
        "form": form or LicenceForm(initial={"licence_valid_until": shown.licence_until}),
        "training": training
        or TrainingForm(today=local_date(at=request.at, zone=zone), initial={"trained_on": shown.trained_on}),
    }
    asked = {
        "leaves": what_the_end_leaves(leaves, gone=user.pk, at=request.at, zone=zone) if leaves else None,
        "ends_role": role,
    }
    context = {"shown": shown, "programs": lines(user, request)} | forms | asked
    return render(request, "governance/person.html", context, status=status)
