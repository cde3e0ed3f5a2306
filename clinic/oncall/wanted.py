"""Which pages are still to be sent: one condition, asked before sending and by every list that shows pages."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clinic.models.alert_act import ANSWERED, AlertAct
from clinic.models.page import Outcome, Page, PageAttempt, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall.answered import UNANSWERED

GIVEN_UP_AFTER = dt.timedelta(hours=12)
TESTED_FOR = dt.timedelta(minutes=1)

ALTHOUGH_TAKEN = (Step.UNANSWERED, Step.CEILING)
"""Steps that come because somebody has taken the alert, and nobody has answered it."""

RECORDED = (Step.HANDED_OVER, Step.FAILED_CONTACT)
"""Steps that a person's own entry makes. Whoever is named in them must know of it, whatever was said before."""


def still(*, at: dt.datetime) -> Q:
    """Pages that are wanted at `at`, whether they were sent or not.

    A page that stands there is due: none is made before its time, and a clock that is ahead where it was made keeps
    nobody else from sending it.
    """
    begun = Q(alert__taken_at=None) | Q(due_at__gt=F("alert__taken_at")) | Q(step__in=ALTHOUGH_TAKEN)
    steps = Q(alert__in=_unanswered()) & ~Q(step__in=RECORDED) & begun
    entries = Q(alert__closed_at=None, step__in=RECORDED) & ~Exists(_acted_on())
    left = Q(alert__closed_at=None, step=Step.LEFT) & begun
    wanted = Q(steps | entries | left, due_at__gt=at - GIVEN_UP_AFTER)
    return wanted | Q(alert=None, due_at__gt=at - TESTED_FOR)


def not_sent(*, at: dt.datetime) -> QuerySet[Page]:
    """Pages that are wanted and were not sent."""
    sent = PageAttempt.objects.filter(page=OuterRef("pk"), outcome=Outcome.SENT)
    return Page.objects.filter(still(at=at), ~Exists(sent))


def _acted_on() -> QuerySet[AlertAct]:
    """What makes a page of an entry needless: its recipient did something about the alert since, or somebody spoke.

    "Since" is by the order of records; the entry that made the page is of the page's own moment.
    """
    since = AlertAct.objects.filter(alert=OuterRef("alert"), recorded_at__gt=OuterRef("recorded_at"))
    return since.exclude(happened_at=OuterRef("due_at")).filter(
        Q(acted_by=OuterRef("recipient")) | Q(kind__in=ANSWERED)
    )


def _unanswered() -> QuerySet[SafetyAlert, Any]:
    return SafetyAlert.objects.filter(UNANSWERED).values("pk")
