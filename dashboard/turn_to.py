"""To whom somebody whose care has ended can turn, as they read it."""

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.patient import Patient, TurnTo

TURN_TO: dict[str, StrOrPromise] = {
    TurnTo.FAMILY_DOCTOR: gettext_lazy("If you need somebody, turn to your family doctor."),
    TurnTo.OTHER_CLINIC: gettext_lazy("If you need somebody, turn to the clinic that treats you now."),
    TurnTo.THIS_CLINIC: gettext_lazy(
        "If you need somebody, ring the clinic. It can take you into care again."
    ),
}


def turn_to(patient: Patient) -> str:
    """The sentence, or "" for somebody in care. No query."""
    return str(TURN_TO[patient.turn_to]) if patient.discharged_at is not None else ""
