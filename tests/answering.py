"""Alerts as they are answered and closed, through the real operations."""

import datetime as dt

from django.db import transaction

from clinic.actor import Actor, log
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import closing
from clinic.safety.silent import Contact
from tests.cast import NOW

WHY = "She quotes a song that we both know."
NOTE = "Rang them and spoke for twenty minutes."


def closed(
    alert: SafetyAlert,
    by: Actor,
    outcome: AlertOutcome = AlertOutcome.SPOKE,
    *,
    at: dt.datetime = NOW,
    note: str = NOTE,
    level: RiskLevel | None = RiskLevel.LOW,
) -> SafetyAlert:
    """The alert closed by its owner, with a level where somebody spoke with them, else with the reason why not."""
    judged = level if outcome in closing.JUDGED else None
    contact = Contact(reached=False, why=WHY)
    return closing.close(alert=alert, outcome=outcome, note=note, level=judged, contact=contact, by=by, at=at)


def opened(alert: SafetyAlert, by: Actor, *, at: dt.datetime) -> None:
    """That somebody opened the page of an alert, as it stands in the log."""
    with transaction.atomic():
        log("safety_alert_opened", by=by, at=at, patient=alert.patient, subject=alert)
