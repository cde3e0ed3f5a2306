"""Loading what belongs to the person who is signed in: whatever is not theirs does not exist for them."""

from uuid import UUID

from django.http import Http404

from clinic import keys
from clinic.keys import Ring
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from dashboard import languages
from dashboard.access import ActingRequest


def me(request: ActingRequest) -> Patient:
    """The patient who is signed in. Raises Http404 for somebody who is none."""
    patient = languages.patient_of(request)
    if patient is None:
        raise Http404
    return patient


def my_ring(patient: Patient) -> Ring | None:
    """The patient's opened keys, or None while the key store is away: pages then say what they cannot show."""
    try:
        return keys.ring([patient.pk])
    except keys.KeysUnavailable:
        return None


def my_check_in(patient: Patient, check_in_id: UUID) -> CheckIn:
    """One of this patient's check-ins, as it was last corrected. Raises Http404 for anybody else's."""
    check_in = CheckIn.objects.filter(patient=patient, pk=check_in_id).first()
    if check_in is None:
        raise Http404
    return newest(check_in)


def newest(check_in: CheckIn) -> CheckIn:
    """The check-in itself, or the last correction of it."""
    later = CheckIn.objects.filter(supersedes=check_in.pk).first()
    return newest(later) if later else check_in
