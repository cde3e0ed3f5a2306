"""Opening a safety alert, once for what a form says: its row, words under seal, entry in the log and first pages."""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid5

from clinic import keys
from clinic.actor import SOFTWARE, log
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall.paging import page_at_once
from clinic.outbox import enqueue
from clinic.safety import triggers
from clinic.safety.detect import Detection
from clinic.safety.protocols import card_of

MOST_OF_FORM: Final = 8
"""Open alerts of one form with the same level and rules."""


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


def of_form(patient: Patient, detection: Detection, submission: UUID) -> tuple[SafetyAlert | None, UUID]:
    """The open alert of a form that tells all of this, or None and the id under which another may open.

    One form has one open alert for the same level and rules, also where two requests race; each with other words has
    an id that is made of the form's and a number, never of the words. A form that is stored while somebody types opens
    no more than MOST_OF_FORM: the gravest, which stands first, has called a person by then.
    """
    forms = [submission, *(uuid5(submission, f"other words {number}") for number in range(1, MOST_OF_FORM))]
    opened = list(
        SafetyAlert.objects.filter(patient=patient, submission__in=forms, closed_at=None).order_by("-level")
    )
    if standing := next((alert for alert in opened if _tells(alert, detection)), None):
        return standing, submission
    same = (int(detection.level), list(detection.rules))
    taken = {alert.submission for alert in opened if (alert.level, alert.rules) == same}
    free = [form for form in forms if form not in taken]
    return (None, free[0]) if free else (opened[0], submission)


def _tells(alert: SafetyAlert, detection: Detection) -> bool:
    """Whether an alert is as grave, of the same kinds and rules, and discloses what was written. An answer that was
    ticked is told by its rule."""
    is_of_text = any(span.end > span.start for span in detection.spans)
    return (
        alert.level >= int(detection.level)
        and set(detection.rules) <= set(alert.rules)
        and set(detection.categories) <= set(alert.categories)
        and (not is_of_text or _discloses(alert, detection.words))
    )


def _discloses(alert: SafetyAlert, words: Sequence[str]) -> bool:
    """Whether an alert holds all of these words; taken to be so where nobody can compare them, as the key store is away
    or was when it opened: whoever has it is told to ring."""
    if alert.words is None:
        return True
    try:
        held = alert.unseal(keys.ring([alert.patient_id]), "words").splitlines()
    except (keys.KeysUnavailable, keys.CannotOpen):
        return True
    return {line for each in words for line in each.splitlines()} <= set(held)
