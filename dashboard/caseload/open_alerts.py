"""The safety alerts of one record that nobody closed yet: no page of the record is read without them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from clinic.models.safety import BEGUN_AT, SafetyAlert
from dashboard.caseload.loader import Record
from dashboard.times import said


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """One open alert: how serious, since when, and where it is answered. What was said stands on its own page."""

    url: str
    when: str
    level: str
    gravity: int
    recorded_at: dt.datetime


def open_alerts(record: Record, *, at: dt.datetime) -> tuple[OpenAlert, ...]:
    """The open alerts of this patient, the most serious first, then the oldest: one query."""
    found = SafetyAlert.objects.filter(patient=record.patient, closed_at=None).order_by("-level", BEGUN_AT)
    return tuple(
        OpenAlert(
            url=reverse("safety-alert", args=[alert.pk]),
            when=said(alert.begun_at, at=at, zone=record.zone),
            level=str(alert.get_level_display()),
            gravity=alert.level,
            recorded_at=alert.recorded_at,
        )
        for alert in found
    )


def gravest(alerts: Sequence[OpenAlert]) -> int:
    """The level of the gravest of them, 0 where there is none."""
    return max((alert.gravity for alert in alerts), default=0)
