"""Whether somebody has answered an alert: the one place that says so, for rows and for queries."""

from django.db.models import Q

from clinic.models.safety import SafetyAlert

UNANSWERED = Q(closed_at=None)
"""Alerts for which nobody has recorded how it ended."""


def is_answered(alert: SafetyAlert) -> bool:
    """Whether a contact was recorded, so that nobody needs to be reminded."""
    return alert.closed_at is not None
