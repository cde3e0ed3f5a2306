"""Alerts at a state, and the safety pages as they are read."""

import datetime as dt
from html import unescape
from typing import Any
from uuid import uuid4

from django.test import Client

from clinic import keys
from clinic.actor import Actor
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import alerts
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from tests.cast import NOW

WORDS = "I have the pills here"
OUTCOME = {"outcome": "spoke", "level": "2", "note": "Rang, spoke for twenty minutes."}


def raised(
    patient: Patient,
    level: AlertLevel = AlertLevel.URGENT,
    *,
    words: str = WORDS,
    at: dt.datetime = NOW,
) -> SafetyAlert:
    """An open alert; with empty `words` one that opened while the key store was away."""
    alert = SafetyAlert(
        patient=patient,
        level=level,
        categories=["suicidal_plan"],
        rules=["suicide-plan.means"],
        rule_set="test+0123456789ab",
        card="crisis",
        submission=uuid4(),
        happened_at=at,
    )
    if words:
        alert.seal(keys.ring([patient.pk]), words=words)
    alert.save()
    return alert


def taken(alert: SafetyAlert, by: Actor, *, at: dt.datetime = NOW) -> SafetyAlert:
    """The alert, taken by this person."""
    return alerts.take(alert=alert, by=by, at=at)


def page_of(client: Client, alert: SafetyAlert) -> str:
    """The alert's page as people read it."""
    return text_of(client.get(f"/safety/{alert.pk}/"))


def text_of(response: Any, status: int = 200) -> str:
    """The body of an answer, with its characters as people read them."""
    assert response.status_code == status
    return unescape(response.content.decode())


def of_owner(actor: Actor, fields: dict[str, str]) -> dict[str, str]:
    """The fields with the token that says whose form it is."""
    assert actor.user is not None
    return fields | {OWNER_FIELD: owner_token(actor.user)}
