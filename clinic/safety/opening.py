"""Opening a safety alert: the row, its words under seal, its entry in the log, its first pages."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from clinic import keys
from clinic.actor import SOFTWARE, log
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall.paging import page_at_once
from clinic.outbox import enqueue
from clinic.safety import triggers
from clinic.safety.detect import Detection
from clinic.safety.protocols import card_of


def open_alert(patient: Patient, detection: Detection, *, submission: UUID, at: dt.datetime) -> SafetyAlert:
    """Open an alert in the caller's transaction: with its words where the key store answers, paged at once."""
    alert = SafetyAlert(
        patient=patient,
        level=int(detection.level),
        categories=list(detection.categories),
        rules=list(detection.rules),
        rule_set=detection.rule_set,
        card=card_of(detection),
        submission=submission,
        happened_at=at,
    )
    seal_words(alert, detection.words)
    alert.save()
    facts = {"level": alert.level, "rule_set": alert.rule_set, "with_words": alert.words is not None}
    log("safety_alert_raised", by=SOFTWARE, at=at, patient=patient, subject=alert, facts=facts)
    page_at_once(alert, at=at)
    triggers.of_alert(alert, at=at)
    have_drafts_looked_at(patient)
    return alert


def have_drafts_looked_at(patient: Patient) -> None:
    """A worker withdraws what an acute crisis speaks against: help must not wait for it. Signing asks by itself."""
    enqueue("recommendations.tasks.look_again", patient_id=str(patient.pk))


def seal_words(alert: SafetyAlert, words: Sequence[str]) -> None:
    """Seal the words that an alert discloses; without the key store it opens without them."""
    try:
        alert.seal(keys.ring([alert.patient_id]), words="\n".join(words))
    except (keys.KeysUnavailable, keys.CannotOpen):
        alert.words = None
