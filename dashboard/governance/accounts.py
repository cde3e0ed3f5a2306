"""Acts on one account: roles, access, licence, a new password."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clinic import access, leaving, password_links, people, staff
from clinic.access import NotAllowed
from clinic.clock import local_date
from clinic.leaving import LeavesNobody
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.entrance.sheet import password_sheet
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.governance.context.person import may_give, shown_name
from dashboard.governance.forms import LicenceForm, TrainingForm
from dashboard.governance.person import page
from dashboard.times import clinic_zone


def _back(user: User) -> HttpResponse:
    return redirect("manage-person", user_id=user.pk)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def give_role(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Give a role that this account may have. Nobody gives themselves one."""
    user, wanted = loader.account(user_id), request.POST.get("role", "")
    held = list(access.roles_of(user, at=request.at))
    is_patient = not hasattr(user, "staff") and Patient.objects.filter(user=user).exists()
    if wanted in dict(may_give(user, held, is_patient=is_patient, by=request.person)):
        access.grant_role(user=user, role=Role(wanted), by=request.actor, at=request.at)
        messages.success(request, _("The role was given. It holds from now on."))
    else:
        messages.warning(request, _("This role cannot be given to this account by you."))
    return _back(user)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def end_role(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """End a role: whatever this person is doing in it ends with the next page they ask for."""
    user, role = loader.account(user_id), request.POST.get("role", "")
    if role in Role.values:
        known = request.POST.get("known", "")
        try:
            leaving.end_role(user=user, role=Role(role), by=request.actor, at=request.at, known=known)
            messages.success(request, _("The role has ended, and every page of it is closed to them now."))
        except LeavesNobody as leaves:
            return page(request, user, leaves=leaves.left, role=role, status=422)
        except NotAllowed as refused:
            messages.warning(request, str(refused))
    return _back(user)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def end_access(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """End somebody's access at once, wherever they are signed in; what it leaves on call is asked about first."""
    user = loader.account(user_id)
    known = request.POST.get("known", "")
    try:
        leaving.end_access(user=user, by=request.actor, at=request.at, known=known)
        messages.success(request, _("Access has ended, and every session with it."))
    except LeavesNobody as leaves:
        return page(request, user, leaves=leaves.left, status=422)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    return _back(user)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def give_access(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Let somebody sign in again, with the roles that they had."""
    user = loader.account(user_id)
    people.reactivate(user=user, by=request.actor, at=request.at)
    messages.success(request, _("This person can sign in again, with the password that they had."))
    return _back(user)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def licence(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Record until when the licence holds."""
    user, form = loader.account(user_id), LicenceForm(request.POST)
    if not form.is_valid():
        return page(request, user, form, status=422)
    until = form.cleaned_data["licence_valid_until"]
    staff.set_licence(user=user, valid_until=until, by=request.actor, at=request.at)
    messages.success(request, _("The licence was recorded."))
    return _back(user)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def training(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Record when somebody was trained to supervise AI drafts."""
    user = loader.account(user_id)
    form = TrainingForm(request.POST, today=local_date(at=request.at, zone=clinic_zone()))
    if not form.is_valid():
        return page(request, user, training=form, status=422)
    staff.set_training(user=user, on=form.cleaned_data["trained_on"], by=request.actor, at=request.at)
    messages.success(request, _("The training was recorded."))
    return _back(user)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def password(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """A link by which somebody chooses a new password, shown once."""
    user = loader.account(user_id)
    try:
        made = password_links.issue(user=user, by=request.actor, at=request.at)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return _back(user)
    is_patient = password_links.is_patient_only(user)
    return password_sheet(request, who=shown_name(user), is_patient=is_patient, made=made, at=request.at)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def password_back(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Take a link back that waits to be used."""
    user = loader.account(user_id)
    link = password_links.standing_link(user, at=request.at)
    if link is not None and password_links.revoke(link=link, by=request.actor, at=request.at):
        messages.success(request, _("The link was taken back. Its code opens nothing any more."))
    else:
        messages.warning(request, _("No link was waiting to be used. Nothing was changed."))
    return _back(user)
