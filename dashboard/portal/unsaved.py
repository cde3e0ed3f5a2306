"""Words of a form that is not stored: they are read for danger all the same."""

from uuid import UUID

from clinic.models.patient import Patient
from clinic.safety import alerts
from clinic.safety.ledger.reading import read
from dashboard.access import ActingRequest
from dashboard.entrance import resume
from dashboard.portal import danger
from dashboard.portal.parts import Danger


def danger_in(
    request: ActingRequest, patient: Patient, text: str, *, submission: UUID, after: str, token_fits: bool
) -> Danger | None:
    """What words that are not stored call for. Words of a form that may be forged tell nobody anything."""
    is_mine = token_fits or resume.owner_of(request) == request.person.pk
    if not is_mine:
        detection = read(text, language=patient.language)
        return danger.of_detection(detection, language=patient.language, at=request.at)
    found = alerts.notice(patient=patient, text=text, submission=submission, at=request.at)
    return danger.of_notice(found, patient=patient, after=after, at=request.at)
