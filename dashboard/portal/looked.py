"""Who has looked: one line for each person and day, with what they looked at in plain words."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from audit.reads import LogLine, who_looked
from clinic.actor import log
from clinic.models.patient import Patient
from clinic.models.user import StaffProfile
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import loaders
from dashboard.portal.context import LookedPage
from dashboard.portal.parts import Looked
from dashboard.portal.when import Calendar, calendar_of

READ_AT_ONCE = 200
"""Entries of one page. A day is never split over two pages, unless it alone has more."""

RECORD = gettext_lazy("your record")

WHAT: dict[str, StrOrPromise] = {
    "record_opened": RECORD,
    "draft_opened": RECORD,
    "evidence_opened": RECORD,
    "record_exported": gettext_lazy("a copy of your record"),
    "messages_opened": gettext_lazy("your messages"),
    "safety_alert_opened": gettext_lazy("a safety alert"),
    "safety_alert_taken": gettext_lazy("a safety alert"),
}
"""A draft and its evidence are part of the record: before a signature nothing says that there is a draft at all."""


@allow(PATIENT)
@require_GET
def who_has_looked(request: ActingRequest) -> HttpResponse:
    """Everybody who has looked, newest first."""
    patient = loaders.me(request)
    calendar = calendar_of(patient, at=request.at)
    before = _number(request.GET.get("before", ""))
    with transaction.atomic():
        log("access_log_opened", by=request.actor, at=request.at, patient=patient)
    lines, next_before = _whole_days(patient, calendar, before=before)
    here = reverse("portal-looked")
    page = LookedPage(
        looked=tuple(_grouped(lines, calendar)),
        older_url=f"{here}?before={next_before}" if next_before else "",
        newer_url=here if before else "",
    )
    return render(request, "portal/looked.html", {"page": page})


def newest(patient: Patient, calendar: Calendar, *, count: int) -> tuple[Looked, ...]:
    """The newest lines: two queries."""
    lines = who_looked(patient.pk, limit=READ_AT_ONCE).lines
    return tuple(_grouped(lines, calendar)[:count])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _whole_days(
    patient: Patient, calendar: Calendar, *, before: int | None
) -> tuple[list[LogLine], int | None]:
    """Lines of whole days, and the `before` of the next page."""
    page = who_looked(patient.pk, before=before, limit=READ_AT_ONCE)
    lines = list(page.lines)
    if page.next_before is None:
        return lines, None
    last = calendar.date_of(lines[-1].happened_at)
    whole = [line for line in lines if calendar.date_of(line.happened_at) != last]
    return (whole, whole[-1].id) if whole else (lines, page.next_before)


def _grouped(lines: Iterable[LogLine], calendar: Calendar) -> list[Looked]:
    """One line for each person and local day, in the order of their last look."""
    found: list[Looked] = []
    shown = list(lines)
    names = _names({line.actor_id for line in shown if line.actor_id})
    for _day, of_day in groupby(shown, key=lambda line: calendar.date_of(line.happened_at)):
        persons: dict[UUID | None, list[LogLine]] = {}
        for line in of_day:
            persons.setdefault(line.actor_id, []).append(line)
        found.extend(
            _line(names.get(who) if who else None, group, calendar) for who, group in persons.items()
        )
    return found


def _names(ids: set[UUID]) -> dict[UUID, StaffProfile]:
    return StaffProfile.objects.in_bulk(ids) if ids else {}


def _line(profile: StaffProfile | None, lines: list[LogLine], calendar: Calendar) -> Looked:
    seen = dict.fromkeys(str(WHAT.get(line.action.code, line.action.label)) for line in reversed(lines))
    return Looked(
        name=profile.printed_name if profile else _("A person at the clinic"),
        title=profile.title if profile else "",
        when=calendar.listed(lines[0].happened_at),
        what=_("Looked at: %(what)s") % {"what": "; ".join(seen)},
    )
