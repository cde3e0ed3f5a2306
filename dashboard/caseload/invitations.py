"""A psychologist's own invitations: what became of each, a new code, taking one back."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clinic import invitations
from clinic.access import NotAllowed
from clinic.actor import log
from clinic.models.invitation import Invitation
from clinic.models.user import Role
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance.invited import invitation_list
from dashboard.entrance.sheet import sheet
from dashboard.times import clinic_zone


@allow(PSYCHOLOGIST)
@require_GET
def listed(request: ActingRequest) -> HttpResponse:
    """The own invitations that wait, or all of them."""
    everything = request.GET.get("show") == "all"
    shown = invitation_list(
        made_by=request.person,
        everything=everything,
        after=_after(request),
        at=request.at,
        zone=clinic_zone(),
    )
    with transaction.atomic():
        facts = {"listed": "own", "rows": len(shown.lines)}
        log("invitations_opened", by=request.actor, at=request.at, facts=facts)
    context = {"listed": shown, "everything": everything, "paged": "after" in request.GET}
    return render(request, "caseload/invitations.html", context)


@allow(PSYCHOLOGIST)
@require_POST
def renew(request: ActingRequest, invitation_id: UUID) -> HttpResponse:
    """A new code in the place of one that was lost or has expired."""
    try:
        made = invitations.renew(invitation=_one(request, invitation_id), by=request.actor, at=request.at)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("patient-invitations")
    back = reverse("patient-invitations")
    return sheet(request, "caseload/invitation_sheet.html", made=made, at=request.at, back=back)


@allow(PSYCHOLOGIST)
@require_POST
def revoke(request: ActingRequest, invitation_id: UUID) -> HttpResponse:
    """Take one back: its code opens nothing any more."""
    if invitations.revoke(invitation=_one(request, invitation_id), by=request.actor, at=request.at):
        messages.success(request, _("The invitation was taken back. Its code opens nothing any more."))
    else:
        messages.warning(request, _("It had been used or taken back already. Nothing was changed."))
    return redirect("patient-invitations")


def _one(request: ActingRequest, invitation_id: UUID) -> Invitation:
    """One's own invitation. Raises Http404 for anybody else's."""
    mine = Invitation.objects.filter(invited_by=request.person, invited_as=Role.PSYCHOLOGIST)
    found = mine.select_related("treating").filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    return found


def _after(request: ActingRequest) -> UUID | None:
    """The id after which a page begins. Raises Http404 for what is none."""
    given = request.GET.get("after", "")
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise Http404 from error
