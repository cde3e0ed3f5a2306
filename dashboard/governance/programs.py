"""Programs that act for somebody: an administrator sees those of staff, and revokes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import token_ends
from clinic.models.user import Role, User
from clinic.staff import STAFF_ROLES
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.entrance.tokens import TokenLine, line
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.times import clinic_zone


def lines(user: User, request: ActingRequest) -> list[TokenLine]:
    """The tokens that a colleague uses at work: one query. What a patient uses is nobody's business and only ended."""
    if not hasattr(user, "staff"):
        return []
    found = token_ends.of_person(user, at=request.at)
    return [line(each, request, clinic_zone()) for each in found if each.role in STAFF_ROLES]


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-person", "user_id")
def end(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Revoke one token of a person, or all: of a colleague those of their work, as they are listed."""
    user = loader.account(user_id)
    given = request.POST.get("token", "")
    try:
        only = UUID(given) if given else None
    except ValueError as error:
        raise Http404 from error
    roles = STAFF_ROLES if hasattr(user, "staff") else (Role.PATIENT,)
    count = token_ends.revoke_all(user=user, by=request.actor, at=request.at, roles=roles, only=only)
    if count:
        words = ngettext("{count} token was revoked.", "{count} tokens were revoked.", count)
        messages.success(request, words.format(count=count))
    else:
        messages.warning(request, _("There was no token to revoke."))
    return redirect("manage-person", user_id=user.pk)
