"""Alerts as they are answered and closed, through the real operations."""

import datetime as dt

from django.db import transaction

from clinic.actor import Actor, log
from clinic.models.alert_act import ActKind, AlertAct
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


def ended(
    alert: SafetyAlert, by: Actor, outcome: AlertOutcome = AlertOutcome.SPOKE, *, at: dt.datetime = NOW
) -> SafetyAlert:
    """The alert taken and closed in as few queries as the database lets it be, for those who need many of them."""
    assert by.user is not None
    alert.taken_by, alert.taken_at = by.user, at
    with transaction.atomic():
        log("safety_alert_taken", by=by, at=at, subject=alert)
        alert.save(update_fields=["taken_by", "taken_at"])
        log("safety_alert_closed", by=by, at=at, subject=alert)
        AlertAct.objects.create(
            alert=alert,
            patient_id=alert.patient_id,
            kind=ActKind.CLOSED,
            reason=outcome,
            acted_by=by.user,
            happened_at=at,
        )
        alert.closed_by, alert.closed_at, alert.outcome = by.user, at, outcome
        alert.save(update_fields=["closed_by", "closed_at", "outcome"])
    return alert


def opened(alert: SafetyAlert, by: Actor, *, at: dt.datetime) -> None:
    """That somebody opened the page of an alert, as it stands in the log."""
    with transaction.atomic():
        log("safety_alert_opened", by=by, at=at, patient=alert.patient, subject=alert)
