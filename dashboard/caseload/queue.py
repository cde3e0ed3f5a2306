"""The review queue: what needs this psychologist now, safety first, then drafts, oldest first."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, ai, keys, people
from clinic.actor import log
from clinic.keys import Ring
from clinic.models.clinic import Clinic
from clinic.models.safety import SafetyAlert
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload import toast, turns
from dashboard.caseload.turn_list import turns_of
from dashboard.caseload.turns import Around, DraftRow
from dashboard.safety import loader as safety
from dashboard.safety.context import Line, lane
from dashboard.times import said
from recommendations import queue as drafts
from recommendations import readings
from recommendations.models.suggestion import Suggestion
from recommendations.queue import Cursor

PAGE = 50
MOST_ALERTS = 5
"""People on the queue page whose alerts are taken or are concerns; whoever waits for somebody is always there."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """When the newest reading was made, in words; `late` when a daily run is overdue."""

    when: str
    late: bool


@dataclass(frozen=True, slots=True)
class Alerts:
    """The safety lane of this page, and how many lines the safety page has in all."""

    lines: list[Line]
    waiting: int
    total: int


@allow(PSYCHOLOGIST)
@require_GET
def queue(request: ActingRequest) -> HttpResponse:
    """The queue page. Opening it is one audit entry, not one per row."""
    clinic = Clinic.objects.get()
    sides = turns_of(request, clinic)
    cursor = _cursor(request)
    page = drafts.page(request.person, at=request.at, limit=PAGE + 1, after=cursor)
    found = safety.open_alerts(request.person)
    cared_for = _cared_for(request, found)
    ring, keys_away = _ring({each.patient_id for each in page[:PAGE]} | cared_for)
    scoring = _scoring(request, clinic)
    context = {
        "lead": turns.lead(sides.summary, clinic, at=request.at),
        "turns": sides,
        "rows": _rows(request, page[:PAGE], ring, clinic=clinic, late=scoring.late, is_first=cursor is None),
        "start_url": _start(page) if cursor is None else "",
        "next_url": f"{reverse('queue')}?after={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "is_first": cursor is None,
        "alerts": _alerts(request, found, cared_for, ring, clinic.zone),
        "signed_today": sides.own.signed,
        "scoring": scoring,
        "keys_away": keys_away,
        "toast": toast.take(request),
        # Asked only where nothing waits: that nothing is drafted must not read as that nobody is unwell.
        "ai_is_off": not page and ai.standing_stop(None) is not None,
    }
    with transaction.atomic():
        log("queue_opened", by=request.actor, at=request.at, facts={"drafts": sides.summary.drafts})
    return render(request, "caseload/queue.html", context)


def _cursor(request: ActingRequest) -> Cursor | None:
    """Where this page begins: after the draft that the address names. Raises Http404 for one that is no draft here."""
    if "after" not in request.GET:
        return None
    try:
        last = Suggestion.objects.filter(pk=UUID(request.GET["after"])).first()
    except ValueError as error:
        raise Http404 from error
    if last is None:
        raise Http404
    return Cursor(last.waiting_since, last.pk)


def _cared_for(request: ActingRequest, found: list[SafetyAlert]) -> set[UUID]:
    """Whose name this person may see in the lane: own caseload, or an alert that they have taken."""
    patients = {alert.patient_id for alert in found}
    mine = access.records(request.person, at=request.at).filter(pk__in=patients)
    return set(mine.values_list("pk", flat=True))


def _ring(patients: set[UUID]) -> tuple[Ring, bool]:
    """The keys of everybody on the page. With the key store away the safety lane still stands, without names."""
    try:
        return keys.ring(patients), False
    except keys.KeysUnavailable:
        return Ring({}), True


def _rows(
    request: ActingRequest,
    page: list[Suggestion],
    ring: Ring,
    *,
    clinic: Clinic,
    late: bool,
    is_first: bool,
) -> list[DraftRow]:
    allowed = ai.allowed_patients(ai.Function.SUGGESTION, {draft.patient_id for draft in page})
    shown = [draft for draft in page if draft.patient_id in allowed and draft.patient_id in ring]
    around = Around(at=request.at, aim=timedelta(hours=clinic.waiting_aim_hours), stale=late)
    return turns.rows_of(shown, ring, around=around, is_first=is_first)


def _start(page: list[Suggestion]) -> str:
    return reverse("draft", args=[page[0].patient.record_number, page[0].pk]) if page else ""


def _scoring(request: ActingRequest, clinic: Clinic) -> Scoring:
    newest = readings.newest_at()
    when = said(newest, at=request.at, zone=clinic.zone) if newest else ""
    return Scoring(when=when, late=readings.is_late(newest, at=request.at))


def _alerts(
    request: ActingRequest, found: list[SafetyAlert], cared_for: set[UUID], ring: Ring, zone: str
) -> Alerts:
    """Waiting alerts first, then those that somebody has taken, then concerns."""
    patients = {alert.patient_id: alert.patient for alert in found}
    opened = [patients[pk] for pk in cared_for if pk in ring]
    known = safety.Known(frozenset(cared_for), people.identities(opened, ring, at=request.at), ring)
    shown = lane(found, [], known, by=request.person, at=request.at, zone=zone)
    others = [*shown.taken, *shown.concerns]
    room = max(0, MOST_ALERTS - len(shown.waiting))
    lines = [*shown.waiting, *others[:room]]
    return Alerts(lines=lines, waiting=len(shown.waiting), total=len(shown.waiting) + len(others))
