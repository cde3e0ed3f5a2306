"""What a psychologist's screen asks every three seconds. No name, no audit entry, no session kept alive."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from clinic import sessions
from clinic.models.safety import AlertLevel
from clinic.safety.waiting import Due, Now, Waiting, now_waiting
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.times import said


def _ended(request: HttpRequest) -> HttpResponse:
    """The session has ended. Not an error: the screen says so and stops asking."""
    sessions.leave_alone(request)
    return JsonResponse({"ended": True})


@allow(PSYCHOLOGIST, outsider=_ended)
@require_GET
def live(request: ActingRequest) -> HttpResponse:
    """How many people wait and what is due again, or 304 where that is as it was."""
    sessions.leave_alone(request)
    facts = _facts(now_waiting(request.person, at=request.at), request)
    tag = f'"{salted_hmac("countersign.live", json.dumps(facts), algorithm="sha256").hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return JsonResponse(facts, headers={"ETag": tag})


def _facts(now: Now, request: ActingRequest) -> dict[str, Any]:
    waiting, due = now.waiting, now.due
    calls = [_call(waiting, now.zone, request)] if waiting else []
    if due:
        calls.append(_again(due))
    return {
        "waiting": waiting.count if waiting else 0,
        "gravest": str(AlertLevel(waiting.gravest).label) if waiting else "",
        "since": waiting.since.isoformat() if waiting else "",
        "newest": str(waiting.newest) if waiting else "",
        "mine": waiting.is_mine if waiting else False,
        "due": due.count if due else 0,
        "calls": calls,
    }


BACK = 300
"""Seconds after which a hidden line about an emergency shows again, while it still waits."""


def _call(waiting: Waiting, zone: str, request: ActingRequest) -> dict[str, str | int]:
    words = ngettext(
        "%(count)d person waits for somebody, since %(since)s: %(level)s.",
        "%(count)d people wait for somebody, the first since %(since)s; the gravest: %(level)s.",
        waiting.count,
    ) % {
        "count": waiting.count,
        "since": said(waiting.since, at=request.at, zone=zone),
        "level": str(AlertLevel(waiting.gravest).label).lower(),
    }
    if waiting.is_mine:
        words += " " + _("The newest is of somebody in your care.")
    page = reverse("safety-alert", args=[waiting.newest])
    back = BACK if waiting.gravest == AlertLevel.EMERGENCY else 0
    return {
        "id": str(waiting.newest),
        "words": words,
        "short": _short(waiting),
        "url": reverse("safety"),
        "page": page,
        "back": back,
    }


def _short(waiting: Waiting) -> str:
    """The same for a telephone, where it is to fit one line."""
    words = ngettext("%(count)d person waits: %(level)s", "%(count)d people wait: %(level)s", waiting.count)
    return words % {"count": waiting.count, "level": str(AlertLevel(waiting.gravest).label).lower()}


def _again(due: Due) -> dict[str, str | int]:
    words = ngettext(
        "An attempt to reach somebody is due again.",
        "%(count)d attempts to reach somebody are due again.",
        due.count,
    ) % {"count": due.count}
    short = ngettext("An attempt is due again", "%(count)d attempts are due again", due.count)
    page = reverse("safety-alert", args=[due.alert])
    return {
        "id": str(due.act),
        "words": words,
        "short": short % {"count": due.count},
        "url": page,
        "page": page,
        "back": 0,
    }
