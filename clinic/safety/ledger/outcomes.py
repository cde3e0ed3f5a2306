"""What a closed alert says about the rule that opened it: somebody acted, or no danger was meant."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.safety import AlertOutcome

REACHED = frozenset({ActKind.SPOKE, ActKind.WELFARE, ActKind.TO_CRISIS_TEAM})
"""Acts by which somebody did something for the person."""

ACTED = frozenset({AlertOutcome.SPOKE, AlertOutcome.HANDED_OVER, AlertOutcome.LOOKED_IN})


class Judged(StrEnum):
    """What became of an alert, for the ledger."""

    OPEN = "open"
    ACTED = "acted"
    NOT_MEANT = "not_meant"
    APART = "apart"


def judged(outcome: str, *, was_acted: bool) -> Judged:
    """The judgement of one alert. The same as another, or settled without an act, it counts for neither side."""
    if not outcome:
        return Judged.OPEN
    if outcome == AlertOutcome.NO_DANGER:
        return Judged.NOT_MEANT
    if outcome in ACTED or (outcome == AlertOutcome.RESOLVED and was_acted):
        return Judged.ACTED
    return Judged.APART


def with_acts(alerts: Iterable[UUID]) -> set[UUID]:
    """Of these alerts those for which somebody spoke, had somebody look in or handed over: one query."""
    acts = AlertAct.objects.filter(alert__in=list(alerts), kind__in=REACHED)
    return set(acts.values_list("alert_id", flat=True))
