"""Whether somebody has answered an alert: the one place that says so, for rows and for queries."""

from django.db.models import Exists, OuterRef, Q

from clinic.models.alert_act import ANSWERED, ActKind, AlertAct
from clinic.models.safety import SafetyAlert


def _answered() -> Q:
    again = AlertAct.objects.filter(
        alert=OuterRef("alert"), kind=ActKind.REOPENED, happened_at__gte=OuterRef("happened_at")
    )
    acts = AlertAct.objects.filter(alert=OuterRef("pk"), kind__in=ANSWERED)
    return Q(closed_at__isnull=False) | Q(Exists(acts.filter(~Exists(again))))


IS_ANSWERED = _answered()
"""Alerts of which a person who acts now has told: they spoke, the crisis team has it, or it is closed.

What was done before an alert was opened again does not count.
"""

UNANSWERED = ~IS_ANSWERED
"""Alerts for which nobody has done so."""


def is_answered(alert: SafetyAlert) -> bool:
    """Whether an answer was recorded, so that nobody needs to be reminded: one query."""
    return SafetyAlert.objects.filter(IS_ANSWERED, pk=alert.pk).exists()
