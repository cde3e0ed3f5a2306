"""Invitations: who was invited and what became of it, inviting, a new code, taking one back."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic import invitations
from clinic.access import NotAllowed, OwnCare
from clinic.actor import log
from clinic.invitations import Invited
from clinic.models.user import Role, User
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.entrance.invited import invitation_list
from dashboard.entrance.sheet import sheet
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.governance.context.care import psychologists
from dashboard.governance.invite_forms import InviteRecordForm, InviteStaffForm
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def listed(request: ActingRequest) -> HttpResponse:
    """The invitations that are open, or all of them."""
    everything = request.GET.get("show") == "all"
    shown = invitation_list(
        everything=everything,
        after=loader.cursor(request),
        at=request.at,
        zone=clinic_zone(),
    )
    with transaction.atomic():
        facts = {"rows": len(shown.lines)}
        log("invitations_opened", by=request.actor, at=request.at, facts=facts)
    context = {"listed": shown, "everything": everything, "paged": "after" in request.GET}
    return render(request, "governance/invitations.html", context)


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def staff(request: ActingRequest) -> HttpResponse:
    """Invite a colleague. The answer shows the code, once: it is kept nowhere in readable form."""
    if request.method == "GET":
        typed = resume.take(request)
        form = InviteStaffForm(initial=typed.fields.dict() if typed else {"role": Role.PSYCHOLOGIST})
        return _form_page(request, form, resumed=typed is not None)
    form = InviteStaffForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    given = form.cleaned_data
    return _made(request, form, Invited(**(given | {"role": Role(given["role"])})))


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def patient(request: ActingRequest) -> HttpResponse:
    """Invite a patient by record number; their name never comes by here."""
    choices = psychologists(at=request.at)
    if request.method == "GET":
        typed = resume.take(request)
        initial = typed.fields.dict() if typed else {"zone": clinic_zone(), "language": "en"}
        form = InviteRecordForm(psychologists=choices, initial=initial)
        return _form_page(request, form, resumed=typed is not None)
    form = InviteRecordForm(request.POST, psychologists=choices)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    chosen = form.cleaned_data["psychologist"]
    treating = User.objects.get(pk=chosen) if chosen else None
    return _made(request, form, form.invited(treating))


def _made(request: ActingRequest, form: Form, person: Invited) -> HttpResponse:
    try:
        made = invitations.invite(person=person, by=request.actor, at=request.at)
    except NotAllowed as refused:
        form.add_error("psychologist" if isinstance(refused, OwnCare) else "record_number", str(refused))
        return _form_page(request, form, status=422)
    back = reverse("manage-invitations")
    return sheet(request, "governance/invitation_sheet.html", made=made, at=request.at, back=back)


def _form_page(
    request: ActingRequest, form: Form, *, resumed: bool = False, status: int = 200
) -> HttpResponse:
    template = "invite_staff" if isinstance(form, InviteStaffForm) else "invite_patient"
    return render(request, f"governance/{template}.html", {"form": form, "resumed": resumed}, status=status)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-invitations")
def renew(request: ActingRequest, invitation_id: UUID) -> HttpResponse:
    """A new code in the place of one that was lost or has expired."""
    try:
        made = invitations.renew(invitation=loader.invitation(invitation_id), by=request.actor, at=request.at)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("manage-invitations")
    back = reverse("manage-invitations")
    return sheet(request, "governance/invitation_sheet.html", made=made, at=request.at, back=back)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-invitations")
def revoke(request: ActingRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back: its code opens nothing any more."""
    if invitations.revoke(invitation=loader.invitation(invitation_id), by=request.actor, at=request.at):
        messages.success(request, _("The invitation was taken back. Its code opens nothing any more."))
    else:
        messages.warning(request, _("It had been used or taken back already. Nothing was changed."))
    return redirect("manage-invitations")
