"""What stands around every page of the portal beside its navigation."""

from typing import Any

from clinic.models.patient import Patient
from clinic.safety.read_languages import note_of
from dashboard.access import ActingRequest
from dashboard.turn_to import turn_to


def frame(request: ActingRequest, patient: Patient) -> dict[str, Any]:
    """Context of the portal's shell: no query."""
    return {"care_over": turn_to(patient), "language_note": note_of(patient.language)}
