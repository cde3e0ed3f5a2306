"""Forms that name their patient by a signed token alone, because the session has ended: whose they are, how many count.

Whoever once saw the source of a page holds such a token for a day. It is kept that long, for somebody may write at
night on a page that has been open since the morning; so what it can set off is bounded instead.
"""

import datetime as dt
from uuid import UUID

from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.ledger.reading import read

MOST = 5
WITHIN = dt.timedelta(hours=1)
"""Within so long so many open alerts of one person are made; graver words always open another."""


def patient_of(owner: UUID | None) -> Patient | None:
    """The patient whom a token names; None where their access has ended."""
    if owner is None:
        return None
    return Patient.objects.filter(user=owner, user__is_active=True).select_related("user").first()


def standing(patient: Patient, text: str, *, at: dt.datetime) -> SafetyAlert | None:
    """The gravest open alert, where so many were raised of late that these words open no further one."""
    recent = SafetyAlert.objects.filter(patient=patient, closed_at=None, happened_at__gt=at - WITHIN)
    found = list(recent.order_by("-level", "-happened_at")[:MOST])
    if len(found) < MOST:
        return None
    level = int(read(text, language=patient.language).level)
    return found[0] if 0 < level <= found[0].level else None
