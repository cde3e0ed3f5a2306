"""Forms that name their patient by a signed token alone, because the session has ended: whose they are, how many count.

Whoever once saw the source of a page holds such a token for a day. It is kept that long, for somebody may write at
night on a page that has been open since the morning; so what it can set off is bounded instead, and it ends with the
password, and with sessions that its person ends elsewhere.
"""

import datetime as dt

from django.http import HttpRequest

from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from dashboard.entrance import resume

MOST = 5
WITHIN = dt.timedelta(hours=1)
"""Within so long so many open alerts of one person are made; graver words always open another."""


def patient_of(request: HttpRequest) -> Patient | None:
    """The patient for whom the form's token speaks; None where it does no longer, or their access has ended."""
    owner = resume.owner_of(request)
    if owner is None:
        return None
    patient = Patient.objects.filter(user=owner, user__is_active=True).select_related("user").first()
    if patient is None or patient.user is None or not resume.speaks_for(request, patient.user):
        return None
    return patient


def standing(patient: Patient, level: int, *, at: dt.datetime) -> SafetyAlert | None:
    """The gravest open alert, where so many were raised of late that what has this level opens no further one."""
    recent = SafetyAlert.objects.filter(patient=patient, closed_at=None, happened_at__gt=at - WITHIN)
    found = list(recent.order_by("-level", "-happened_at")[:MOST])
    if len(found) < MOST:
        return None
    return found[0] if 0 < level <= found[0].level else None
