"""Pages that every role has: drawn in the frame of the acting role, with times by that person's clock."""

from typing import Any

from clinic.models.patient import Patient
from clinic.models.user import Role
from dashboard.access import ActingRequest
from dashboard.times import clinic_zone

SHELLS = {
    Role.PATIENT: "shell_portal.html",
    Role.PSYCHOLOGIST: "shell_clinic.html",
    Role.ADMINISTRATOR: "shell_manage.html",
}


def frame_of(request: ActingRequest) -> dict[str, Any]:
    """What the template needs to be drawn in the right frame: shell, page_class, is_patient."""
    is_patient = request.actor.role == Role.PATIENT
    return {
        "shell": SHELLS[Role(request.actor.role)],
        "page_class": "portal-page--narrow" if is_patient else "page--narrow",
        "is_patient": is_patient,
    }


def zone_of(request: ActingRequest) -> str:
    """A patient reads times in their own zone, staff in the clinic's. One query."""
    if request.actor.role == Role.PATIENT:
        return Patient.objects.values_list("zone", flat=True).get(user=request.person)
    return clinic_zone()
