"""The psychologist's own caseload: who they care for, how it goes, and what waits; with a search by name or number."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from clinic import access, keys, people
from clinic.actor import log
from clinic.people import Identity
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.people_rows import rows_of

PAGE = 50
LONGEST_SEARCH = 80
"""Characters of a search that are read; nobody's name is longer on a list."""


@allow(PSYCHOLOGIST)
@require_http_methods(["GET", "POST"])
def patients(request: ActingRequest) -> HttpResponse:
    """The caseload by name, or those of it whose name or number begins with what was typed.

    A whole record number opens the record. A search is posted: what is typed is the beginning of somebody's name, and
    addresses stand in logs and histories.
    """
    query = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
    caseload = {patient.pk: patient for patient in access.records(request.person, at=request.at)}
    if exact := next((each for each in caseload.values() if each.record_number == query.upper()), None):
        return redirect("patient", ref=exact.record_number)
    ring = keys.ring(caseload)
    opened = [patient for patient in caseload.values() if patient.pk in ring]
    everybody = people.identities(opened, ring, at=request.at).values()
    found = sorted(people.matching(everybody, query) if query else everybody, key=_by_name)
    start = _start(request, len(found))
    shown = found[start : start + PAGE]
    context = {
        "query": query,
        "total": len(caseload),
        "matches": len(found),
        "rows": rows_of(shown, caseload, ring, by=request.person, at=request.at),
        "first": start + 1,
        "last": start + len(shown),
        "before_url": _page_url(start - PAGE) if start else "",
        "after_url": _page_url(start + PAGE) if start + PAGE < len(found) and not query else "",
        "more": len(found) - len(shown) if query else 0,
    }
    with transaction.atomic():
        log("caseload_opened", by=request.actor, at=request.at, facts={"patients": len(shown)})
    return render(request, "caseload/patients.html", context)


def _by_name(person: Identity) -> tuple[str, str]:
    return person.name.casefold(), person.record_number


def _start(request: ActingRequest, total: int) -> int:
    """The place of the first row in the list, from 0; an address that means no place is the beginning."""
    wanted = request.GET.get("from", "")
    start = int(wanted) - 1 if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 0
    return start if 0 < start < total else 0


def _page_url(start: int) -> str:
    return f"{reverse('patients')}?{urlencode({'from': max(start, 0) + 1})}"
