"""The turns beside the queue: whose turn it is, as links with their counts."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
from clinic.models.clinic import Clinic
from dashboard.access import ActingRequest
from dashboard.times import midnight
from recommendations import queue
from recommendations.queue import Own, Summary


@dataclass(frozen=True, slots=True)
class Turn:
    """One list: what it is called, where it is, and how many stand in it."""

    label: StrOrPromise
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Turns:
    """The lists beside the queue. `late` says how many late drafts are put aside; nobody hides one."""

    lists: tuple[Turn, ...]
    summary: Summary
    own: Own
    late: str


def turns_of(request: ActingRequest, clinic: Clinic) -> Turns:
    """The turns of this person: two queries, whatever stands in the lists."""
    aim = dt.timedelta(hours=clinic.waiting_aim_hours)
    summary = queue.summary(request.person, at=request.at, aim=aim)
    today = midnight(day=local_date(at=request.at, zone=clinic.zone), zone=clinic.zone)
    own = queue.own(request.person, since=today, at=request.at)
    here = request.resolver_match.url_name if request.resolver_match else ""
    lists = (
        ("queue", _("Your turn"), summary.drafts),
        ("queue-questions", _("Questions to you"), own.questions),
        ("queue-waiting", _("Waiting on others"), summary.asked),
        ("queue-deferred", _("Deferred"), summary.deferred),
        ("queue-signed", _("Signed today"), own.signed),
    )
    return Turns(
        lists=tuple(Turn(label, reverse(name), count, name == here) for name, label, count in lists),
        summary=summary,
        own=own,
        late=_late(summary.late_aside),
    )


def _late(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)d late draft is put aside.",
        "%(count)d late drafts are put aside.",
        count,
    )
    return words % {"count": count}
