"""Who was paged about an alert and when: its clock, as people say it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.page import Page, Sought, Step
from dashboard.times import said

SAID: dict[Step, StrOrPromise] = {
    Step.FIRST: gettext_lazy("first on call"),
    Step.SECOND: gettext_lazy("second on call"),
    Step.DUTY_LEAD: gettext_lazy("duty lead"),
    Step.EVERYBODY: gettext_lazy("everybody"),
    Step.LEFT: gettext_lazy("on call, because its owner can no longer act"),
    Step.UNANSWERED: gettext_lazy("its owner and the duty lead, because no contact was recorded"),
    Step.HANDED_OVER: gettext_lazy("the colleague whom it was handed to"),
    Step.FAILED_CONTACT: gettext_lazy("duty lead, because three attempts failed"),
    Step.CEILING: gettext_lazy("everybody, because half a day is nearly over"),
}


FIRST_TWO = gettext_lazy("first and second on call")
"""In an emergency both are paged at once."""

Paged = tuple[StrOrPromise, dt.datetime]


def clocks(alerts: Iterable[UUID]) -> dict[UUID, list[Paged]]:
    """When each step of these alerts was first paged, in order, and who it was: one query."""
    found: dict[UUID, list[Paged]] = {}
    rows = Page.objects.filter(alert__pk__among=list(alerts)).values("alert", "step")
    seconds = Count("pk", filter=Q(step=Step.FIRST, position=Sought.SECOND))
    firsts = Count("pk", filter=Q(step=Step.FIRST, position=Sought.FIRST))
    for row in rows.annotate(first=Min("due_at"), seconds=seconds, firsts=firsts).order_by("first"):
        who = FIRST_TWO if row["firsts"] and row["seconds"] else SAID[Step(row["step"])]
        found.setdefault(row["alert"], []).append((who, row["first"]))
    return found


def clock(steps: Iterable[Paged], *, at: dt.datetime, zone: str) -> str:
    """The clock of one alert in a sentence; "" where nobody was paged."""
    parts = [_("{who} {when}").format(who=who, when=said(moment, at=at, zone=zone)) for who, moment in steps]
    return _("Paged: {parts}.").format(parts=", ".join(parts)) if parts else ""
