"""Somebody's sessions, for an administrator: of staff with their devices, of a patient only ending them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from clinic import sessions
from clinic.actor import log
from clinic.models.user import Role
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.entrance.sessions import lines
from dashboard.governance import loader
from dashboard.governance.acts import posted
from dashboard.governance.context.person import shown_name
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def listed(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """Where a colleague is signed in. When a patient was here is nobody's business: theirs are only ended."""
    user = loader.account(user_id)
    is_staff = hasattr(user, "staff")
    found = sessions.open_sessions(user, at=request.at) if is_staff else []
    found = [each for each in found if each.role != Role.PATIENT]  # that a colleague is in care here too
    with transaction.atomic():
        log("sessions_opened", by=request.actor, at=request.at, subject=user)
    shown = {
        "user_id": user.pk,
        "name": shown_name(user),
        "is_staff": is_staff,
        "lines": lines(found, request, zone=clinic_zone()),
    }
    return render(request, "governance/sessions.html", shown)


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-sessions", "user_id")
def end(request: ActingRequest, user_id: UUID) -> HttpResponse:
    """End one session, or all of them; the own one goes on."""
    user = loader.account(user_id)
    count = sessions.end(
        user=user,
        handle=request.POST.get("handle", ""),
        by=request.actor,
        at=request.at,
        keep=request.session.session_key or "",
    )
    if count:
        words = ngettext("{count} session was ended.", "{count} sessions were ended.", count)
        messages.success(request, words.format(count=count))
    else:
        messages.warning(request, _("There was no session to end."))
    return redirect("manage-sessions", user_id=user.pk)
