"""The audit page: is the log whole, and what stands in it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from audit import actions, outcomes
from audit.verify import verify
from clinic import ai
from clinic.actor import log
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.governance.acts import posted
from dashboard.governance.context import ai as ai_context
from dashboard.governance.context import entries
from dashboard.times import clinic_zone

LONGEST_NUMBER = 12


@allow(ADMINISTRATOR)
@require_GET
def audit(request: ActingRequest) -> HttpResponse:
    """Whether the log is whole, its newest entries, and where to stop AI."""
    zone, number, action = clinic_zone(), _record_number(request), _action(request)
    with transaction.atomic():
        facts = {"record": number} if number else None
        log("audit_page_opened", by=request.actor, at=request.at, facts=facts)
    stopped = ai.standing_stop(None) is not None
    listed = entries.entries(
        before=_before(request), record_number=number, action=action, at=request.at, zone=zone
    )
    shown = {
        "whole": entries.whole(at=request.at, zone=zone),
        "facts": entries.facts(),
        "listed": listed,
        "functions": ai_context.functions(
            stopped=stopped, at=request.at, zone=zone, url=reverse("manage-switch")
        ),
        "stopped": stopped,
        "groups": actions.GROUPS.values(),
        "number": number,
        "action": action,
        "paged": "before" in request.GET,
    }
    return render(request, "governance/audit.html", shown)


def _record_number(request: ActingRequest) -> str:
    """The record number that is looked for, cut to what one can be."""
    given = request.GET.get("record", "").strip().upper()
    return (
        given if len(given) <= LONGEST_NUMBER and given.replace("-", "").isalnum() and given.isascii() else ""
    )


def _action(request: ActingRequest) -> str:
    given = request.GET.get("action", "")
    return given if given in actions.ACTIONS else ""


def _before(request: ActingRequest) -> int | None:
    given = request.GET.get("before", "")
    if given and not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Http404
    return int(given) if given else None


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-audit")
def verify_now(request: ActingRequest) -> HttpResponse:
    """Check the whole log and record what was found."""
    result = verify()
    outcomes.keep(result=result, by=request.person.pk, role=request.actor.role)
    if result.whole:
        count = ngettext("{count:,} entry", "{count:,} entries", result.entries).format(count=result.entries)
        messages.success(request, _("Checked {entries}: the log is whole.").format(entries=count))
    return redirect("manage-audit")
