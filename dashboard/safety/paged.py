"""Who was paged about an alert and when: its clock, as people say it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.page import Page, Step
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


def clocks(alerts: Iterable[UUID]) -> dict[UUID, list[tuple[Step, dt.datetime]]]:
    """When each step of these alerts was first paged, in order: one query."""
    found: dict[UUID, list[tuple[Step, dt.datetime]]] = {}
    rows = Page.objects.filter(alert__pk__among=list(alerts)).values("alert", "step")
    for row in rows.annotate(first=Min("due_at")).order_by("first"):
        found.setdefault(row["alert"], []).append((Step(row["step"]), row["first"]))
    return found


def clock(steps: Iterable[tuple[Step, dt.datetime]], *, at: dt.datetime, zone: str) -> str:
    """The clock of one alert in a sentence; "" where nobody was paged."""
    parts = [
        _("{who} {when}").format(who=SAID[step], when=said(moment, at=at, zone=zone))
        for step, moment in steps
    ]
    return _("Paged: {parts}.").format(parts=", ".join(parts)) if parts else ""
