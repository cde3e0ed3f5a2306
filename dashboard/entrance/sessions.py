"""One's own sessions: since when, last seen, which kind of device; ending one or all others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from clinic import sessions
from clinic.actor import log
from clinic.models.user import Role
from clinic.sessions import OpenSession
from dashboard.access import SIGNED_IN, ActingRequest, allow
from dashboard.entrance.frames import frame_of, zone_of
from dashboard.times import said, waited

DEVICES: dict[str, StrOrPromise] = {
    "phone": gettext_lazy("A phone"),
    "tablet": gettext_lazy("A tablet"),
    "computer": gettext_lazy("A computer"),
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in words. `here` for the one that asks."""

    handle: str
    device: StrOrPromise
    role: StrOrPromise
    began: str
    last_seen: str
    here: bool


@allow(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def own(request: ActingRequest) -> HttpResponse:
    """The list; a POST ends one, or with no handle all but this one."""
    if request.method == "POST":
        return _end(request)
    with transaction.atomic():
        log("sessions_opened", by=request.actor, at=request.at, subject=request.person)
    found = sessions.open_sessions(request.person, at=request.at)
    shown = {
        "lines": lines(found, request, zone=zone_of(request)),
    }
    return render(request, "entrance/sessions.html", shown | frame_of(request))


def lines(found: Iterable[OpenSession], request: ActingRequest, *, zone: str) -> list[SessionLine]:
    """Sessions as a page shows them."""
    here = sessions.handle_of(request.session.session_key or "")
    return [
        SessionLine(
            handle=each.handle,
            device=DEVICES.get(each.device, _("A device that does not say what it is")),
            role=Role(each.role).label if each.role in Role.values else "",
            began=said(each.began, at=request.at, zone=zone) if each.began else _("not known"),
            last_seen=_("{time} ago").format(time=waited(each.last_seen, at=request.at)),
            here=each.handle == here,
        )
        for each in found
    ]


def _end(request: ActingRequest) -> HttpResponse:
    ended = sessions.end(
        user=request.person,
        handle=request.POST.get("handle", ""),
        by=request.actor,
        at=request.at,
        keep=request.session.session_key or "",
    )
    if ended:
        words = ngettext("{count} session was ended.", "{count} sessions were ended.", ended)
        messages.success(request, words.format(count=ended))
    else:
        messages.warning(request, _("There was no other session to end."))
    return redirect("sessions")
