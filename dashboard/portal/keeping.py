"""Keeping a check-in whatever happened between the moment its form was drawn and the moment it arrives."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

from django.db import IntegrityError

from clinic import intake
from clinic.actor import Actor
from clinic.intake import NewCheckIn, Outcome
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from dashboard.portal.loaders import newest


def kept(*, patient: Patient, entry: NewCheckIn, by: Actor, at: dt.datetime) -> Outcome:
    """Read a check-in for danger and store it, once however often its form arrives."""
    try:
        return intake.record_check_in(patient=patient, entry=entry, by=by, at=at)
    except IntegrityError:
        # Another tab corrected the same check-in in between, or the form's id is taken. Nothing was stored, and the
        # words are read again.
        return intake.record_check_in(patient=patient, entry=_again(patient, entry), by=by, at=at)


def _again(patient: Patient, entry: NewCheckIn) -> NewCheckIn:
    not_mine = CheckIn.objects.filter(pk=entry.submission).exclude(patient=patient).exists()
    return replace(
        entry,
        submission=uuid4() if not_mine else entry.submission,
        supersedes=newest(entry.supersedes) if entry.supersedes else None,
    )
