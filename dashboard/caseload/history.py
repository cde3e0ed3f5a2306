"""One record as a timeline: drafts, decisions, who opened it, what was signed and stopped, consent, care. Newest first.

It reads the audit log, which has all of it in one place: ids and codes, and no word that anybody wrote.
"""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from audit.reads import history as entries
from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.cursors import PAGE, asked_for, cursor_of
from dashboard.caseload.history_kinds import KINDS, codes_of, kinds_for
from dashboard.caseload.history_lines import lines_of
from dashboard.caseload.loader import record_of


@dataclass(frozen=True, slots=True)
class KindLink:
    """One filter of the timeline."""

    label: StrOrPromise
    url: str
    current: bool


@allow(PSYCHOLOGIST)
@require_GET
def history(request: ActingRequest, ref: str) -> HttpResponse:
    """The timeline, of one kind if the address asks for it. Looking at it is recorded like opening the record."""
    record = record_of(request, ref)
    kinds = kinds_for(record)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in kinds else ""
    found = entries(
        record.patient.pk,
        codes=codes_of([kind] if kind else kinds),
        after=asked_for(request, int),
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    here = reverse("patient-history", args=[ref])
    more = {"after": cursor_of(shown[-1].happened_at, shown[-1].id)} if len(found) > PAGE else {}
    context = {
        "record": record,
        "banner": banner(request, record),
        "lines": lines_of(shown, record, at=request.at),
        "kinds": [KindLink(label, _url(here, name), name == kind) for name, label in _named(kinds)],
        "first_url": _url(here, kind) if request.GET.get("after") else "",
        "next_url": f"{here}?{urlencode(({'kind': kind} if kind else {}) | more)}" if more else "",
    }
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="history")
    return render(request, "caseload/history.html", context)


def _named(kinds: list[str]) -> list[tuple[str, StrOrPromise]]:
    return [("", KINDS[""][0]), *((name, KINDS[name][0]) for name in kinds)]


def _url(here: str, kind: str) -> str:
    return f"{here}?{urlencode({'kind': kind})}" if kind else here
