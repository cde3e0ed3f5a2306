"""Whether somebody has answered an alert: the one place that says so, for rows and for queries.

Acts stand in the order in which the database recorded them: a clock that runs ahead on one machine does not make an old
answer newer than what another machine stored after it.
"""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Least

from clinic.models.alert_act import AGAIN, ANSWERED, AlertAct
from clinic.models.safety import SafetyAlert


def _answered() -> Q:
    again = AlertAct.objects.filter(
        alert=OuterRef("alert"), kind__in=AGAIN, recorded_at__gte=OuterRef("recorded_at")
    )
    acts = AlertAct.objects.filter(alert=OuterRef("pk"), kind__in=ANSWERED)
    return Q(closed_at__isnull=False) | Q(Exists(acts.filter(~Exists(again))))


IS_ANSWERED = _answered()
"""Alerts of which a person who acts now has told: they spoke, the crisis team has it, or it is closed.

The newest word counts: handed to a colleague, not reached, or opened again after that, it waits for an answer anew.
"""

UNANSWERED = ~IS_ANSWERED
"""Alerts for which nobody has done so."""


def _again_at() -> Subquery:
    after = AlertAct.objects.filter(
        alert=OuterRef("alert"), kind__in=ANSWERED, recorded_at__gt=OuterRef("recorded_at")
    )
    before = AlertAct.objects.filter(
        alert=OuterRef("alert"), kind__in=ANSWERED, recorded_at__lte=OuterRef("recorded_at")
    )
    again = AlertAct.objects.filter(Exists(before), ~Exists(after), alert=OuterRef("pk"), kind__in=AGAIN)
    return Subquery(again.order_by("recorded_at").values(at=Least("happened_at", "recorded_at"))[:1])


AGAIN_AT = _again_at()
"""Since when an alert waits anew: the first act after its last answer that ended it. Null where none was answered."""


def is_answered(alert: SafetyAlert) -> bool:
    """Whether an answer was recorded, so that nobody needs to be reminded: one query."""
    return SafetyAlert.objects.filter(IS_ANSWERED, pk=alert.pk).exists()
