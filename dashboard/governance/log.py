"""The audit page: is the log whole, and what stands in it."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
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
from dashboard.governance.context.download import csv_lines
from dashboard.governance.context.wanted import Wanted, wanted
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def audit(request: ActingRequest) -> HttpResponse:
    """Whether the log is whole, its newest entries or those looked for, and where to stop AI."""
    zone, asked = clinic_zone(), wanted(request.GET)
    with transaction.atomic():
        log("audit_page_opened", by=request.actor, at=request.at, facts=_facts(asked))
    stopped = ai.standing_stop(None) is not None
    shown = {
        "whole": entries.whole(at=request.at, zone=zone),
        "facts": entries.facts(),
        "listed": entries.entries(before=_before(request), wanted=asked, at=request.at, zone=zone),
        "functions": ai_context.functions(
            stopped=stopped, at=request.at, zone=zone, url=reverse("manage-switch")
        ),
        "stopped": stopped,
        "groups": actions.GROUPS.values(),
        "wanted": asked,
        "paged": "before" in request.GET,
    }
    return render(request, "governance/audit.html", shown)


def _facts(asked: Wanted) -> dict[str, Any] | None:
    """Which record was looked for; of other questions only that there were some."""
    record = {"record": asked.record} if asked.record else {}
    narrowed = {"narrowed": True} if asked.action or asked.person or asked.first or asked.last else {}
    return record | narrowed or None


@allow(ADMINISTRATOR)
@require_GET
def download(request: ActingRequest) -> HttpResponse:
    """The entries that are looked for as CSV, all of them, page by page as they are read."""
    zone, asked = clinic_zone(), wanted(request.GET)
    with transaction.atomic():
        log("audit_downloaded", by=request.actor, at=request.at, facts=_facts(asked))
    response = StreamingHttpResponse(csv_lines(asked, zone=zone), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return cast(HttpResponse, response)


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
