"""Alerts that open because a patient ticked a stop sign of a step: fixed words, so no detector is asked."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from clinic.actor import SOFTWARE, log
from clinic.database.turns import take_turn
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety.opening import seal_words

REPORTED = "reported_effect"
STOP_SIGNS = "stop-signs"
"""Category and rule set of an alert that a patient's report about a step opened."""


@transaction.atomic
def raise_reported(
    *,
    patient: Patient,
    level: AlertLevel,
    signs: Sequence[str],
    words: Sequence[str],
    card: str,
    submission: UUID,
    at: dt.datetime,
) -> SafetyAlert:
    """Open an alert for stop signs that a patient ticked. The form sent again opens no second one while it is open."""
    rules = [f"stop-sign:{sign}" for sign in signs]
    take_turn(f"submission {submission}")
    found = SafetyAlert.objects.filter(patient=patient, submission=submission, rules=rules, closed_at=None)
    if standing := found.first():
        return standing
    alert = SafetyAlert(
        patient=patient,
        level=int(level),
        categories=[REPORTED],
        rules=rules,
        rule_set=STOP_SIGNS,
        card=card,
        submission=submission,
        happened_at=at,
    )
    seal_words(alert, words)
    alert.save()
    facts = {"level": alert.level, "rule_set": alert.rule_set, "with_words": alert.words is not None}
    log("safety_alert_raised", by=SOFTWARE, at=at, patient=patient, subject=alert, facts=facts)
    return alert
