"""Whether somebody has answered an alert: the one place that says so, for rows and for queries.

Acts stand in the order in which the database recorded them: a clock that runs ahead on one machine does not make an old
answer newer than what another machine stored after it. So does the entry with which an alert went back because its
owner can no longer act here: what they had told holds no more, whoever takes it next has not answered it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least

from audit import reads
from audit.models import AuditEntry
from clinic.models.alert_act import AGAIN, ANSWERED, AlertAct
from clinic.models.safety import SafetyAlert

PUT_BACK = "safety_alert_put_back"


def _went_back(alert: OuterRef) -> QuerySet[AuditEntry]:
    return reads.about(alert, code=PUT_BACK)


def _answered() -> Q:
    since = {"recorded_at__gte": OuterRef("recorded_at")}
    again = AlertAct.objects.filter(alert=OuterRef("alert"), kind__in=AGAIN, **since)
    back = _went_back(OuterRef("alert")).filter(**since)
    acts = AlertAct.objects.filter(alert=OuterRef("pk"), kind__in=ANSWERED)
    return Q(closed_at__isnull=False) | Q(Exists(acts.filter(~Exists(again), ~Exists(back))))


IS_ANSWERED = _answered()
"""Alerts of which a person who acts now has told: they spoke, the crisis team has it, or it is closed.

The newest word counts: handed to a colleague, not reached, opened again or gone back after that, it waits for an answer
anew.
"""

UNANSWERED = ~IS_ANSWERED
"""Alerts for which nobody has done so."""


def _answers(alert: OuterRef, **when: OuterRef) -> Exists:
    return Exists(AlertAct.objects.filter(alert=alert, kind__in=ANSWERED, **when))


def _again_at() -> Least:
    before, after = (
        {"recorded_at__lte": OuterRef("recorded_at")},
        {"recorded_at__gt": OuterRef("recorded_at")},
    )
    acts = AlertAct.objects.filter(
        _answers(OuterRef("alert"), **before),
        ~_answers(OuterRef("alert"), **after),
        alert=OuterRef("pk"),
        kind__in=AGAIN,
    )
    of_entry = OuterRef(OuterRef("pk"))
    entries = _went_back(OuterRef("pk")).filter(
        _answers(of_entry, **before),
        ~_answers(of_entry, **after),
    )
    return Least(_first(acts), _first(entries))


def _first(rows: QuerySet[AlertAct] | QuerySet[AuditEntry], *, order: str = "recorded_at") -> Subquery:
    return Subquery(rows.order_by(order).values(at=Least("happened_at", "recorded_at"))[:1])


AGAIN_AT = _again_at()
"""Since when an alert waits anew: what ended its last answer first. Null where none was answered."""

PUT_BACK_AT = _first(_went_back(OuterRef("pk")), order="-recorded_at")
"""When an alert last went back, because its owner could no longer act. Null where it never did."""


def is_answered(alert: SafetyAlert) -> bool:
    """Whether an answer was recorded, so that nobody needs to be reminded: one query."""
    return SafetyAlert.objects.filter(IS_ANSWERED, pk=alert.pk).exists()
