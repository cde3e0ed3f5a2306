"""What has happened with a patient's alert so far, as it may be told to them: who was told when, and what comes next.

It says only what the pages and the alert show. Nobody is named before they have read it, and no time says when somebody
rings.
"""

import datetime as dt
from dataclasses import dataclass

from clinic.models.alert_act import FAILED, AlertAct
from clinic.models.page import Outcome, Page, PageAttempt, Sought, Step
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import User
from clinic.oncall import paging
from clinic.oncall.answered import UNANSWERED

ON_CALL = (Sought.FIRST, Sought.SECOND, Sought.DUTY_LEAD)


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the escalation. `at` is when a message about it left, None while it is on its way.

    `on_call` is False where nobody was on call and others were sought.
    """

    at: dt.datetime | None
    on_call: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an alert stands. `first`, `second` and `lead` are None for a step whose pages nobody has made."""

    is_paged: bool
    first: Told | None = None
    second: Told | None = None
    lead: Told | None = None
    second_due: dt.datetime | None = None
    lead_due: dt.datetime | None = None
    reader: User | None = None
    read_at: dt.datetime | None = None
    tried_at: dt.datetime | None = None
    tries_again: bool = False
    closed_at: dt.datetime | None = None


def of(alert: SafetyAlert) -> Progress:
    """How far this alert has come. No query for a note that nobody has read, one for what somebody has taken, else
    four."""
    paged = alert.level >= AlertLevel.URGENT
    if alert.taken_at is not None:
        tried = _failed_last(alert)
        return Progress(
            is_paged=paged,
            reader=alert.taken_by,
            read_at=alert.taken_at,
            tried_at=tried.happened_at if tried else None,
            tries_again=bool(tried and tried.retry_at),
            closed_at=alert.closed_at,
        )
    if not paged:
        return Progress(is_paged=False)
    clock = _clock_of(alert)
    told = _told(clock)
    minutes = paging.minutes_of_the_clinic()
    return Progress(
        is_paged=True,
        first=told.get(Step.FIRST),
        second=told.get(Step.SECOND),
        lead=told.get(Step.DUTY_LEAD),
        second_due=clock.happened_at + dt.timedelta(minutes=minutes.second),
        lead_due=clock.happened_at + dt.timedelta(minutes=minutes.lead),
    )


def _failed_last(alert: SafetyAlert) -> AlertAct | None:
    """The last thing that was done, where that was an attempt that failed."""
    last = AlertAct.objects.filter(alert=alert).order_by("-happened_at", "-recorded_at").first()
    return last if last and last.kind in FAILED else None


def _clock_of(alert: SafetyAlert) -> SafetyAlert:
    """The oldest open alert of this person that nobody has: it runs the clock for all of them."""
    waiting = SafetyAlert.objects.filter(
        UNANSWERED, patient=alert.patient_id, taken_by=None, level__gte=AlertLevel.URGENT
    )
    return waiting.order_by("happened_at", "pk").first() or alert


def _told(clock: SafetyAlert) -> dict[str, Told]:
    """By step whether and when somebody was told."""
    steps = (Step.FIRST, Step.SECOND, Step.DUTY_LEAD)
    pages = list(Page.objects.filter(alert=clock, step__in=steps).exclude(position=Sought.CLINIC))
    left: dict[object, dt.datetime] = {}
    sent = PageAttempt.objects.filter(page__in=pages, outcome=Outcome.SENT).order_by("-happened_at")
    for page_id, when in sent.values_list("page_id", "happened_at"):
        left[page_id] = when
    found: dict[str, Told] = {}
    for step in steps:
        of_step = [page for page in pages if page.step == step]
        if of_step:
            times = [left[page.pk] for page in of_step if page.pk in left]
            found[step] = Told(min(times, default=None), any(page.position in ON_CALL for page in of_step))
    return found
