"""Who acts, in which role, and the one way from an act to its audit entry."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from audit.record import record
from clinic.models.patient import Patient
from clinic.models.user import User

SOFTWARE_ROLE = "software"
NOBODY_ROLE = "nobody"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in the role that they act in; `user` is None for the software itself."""

    user: User | None
    role: str


SOFTWARE = Actor(user=None, role=SOFTWARE_ROLE)
NOBODY = Actor(user=None, role=NOBODY_ROLE)
"""Somebody who has not signed in."""


def log(
    action: str,
    *,
    by: Actor,
    at: dt.datetime,
    patient: Patient | None = None,
    subject: Model | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write one audit entry in the caller's transaction: ids, codes, counts and keyed digests only."""
    record(
        action=action,
        at=at,
        by=by.user.pk if by.user else None,
        role=by.role,
        patient_id=patient.pk if patient else None,
        record_number=patient.record_number if patient else "",
        subject_kind=subject._meta.model_name or "" if subject else "",
        subject_id=str(subject.pk) if subject else "",
        reason=reason,
        facts=facts,
    )
