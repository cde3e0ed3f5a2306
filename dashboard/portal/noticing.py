"""Reading typed words for danger and keeping them, safe against the same form arriving twice at the same moment."""

import datetime as dt
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import IntegrityError

from clinic import intake
from clinic.actor import Actor
from clinic.intake import NewCheckIn, Outcome
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from clinic.safety import alerts
from clinic.safety.alerts import Notice
from dashboard.portal.loaders import newest


def noticed(*, patient: Patient, text: str, submission: UUID, at: dt.datetime) -> Notice:
    """Read words that are not stored for danger; an alert opens as for any other words."""
    try:
        return alerts.notice(patient=patient, text=text, submission=submission, at=at)
    except IntegrityError:
        # The same form arrived twice; the other one has opened the alert, and it is found now.
        return alerts.notice(patient=patient, text=text, submission=submission, at=at)


def kept(*, patient: Patient, entry: NewCheckIn, by: Actor, at: dt.datetime) -> Outcome:
    """Read a check-in for danger and store it, once however often its form arrives."""
    try:
        return intake.record_check_in(patient=patient, entry=entry, by=by, at=at)
    except IntegrityError:
        # Another request stored the same form, or corrected the same check-in, in between: both are found now.
        return intake.record_check_in(patient=patient, entry=_again(patient, entry), by=by, at=at)


def _again(patient: Patient, entry: NewCheckIn) -> NewCheckIn:
    not_mine = CheckIn.objects.filter(pk=entry.submission).exclude(patient=patient).exists()
    return replace(
        entry,
        submission=uuid4() if not_mine else entry.submission,
        supersedes=newest(entry.supersedes) if entry.supersedes else None,
    )
