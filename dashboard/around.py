"""What stands around every page beside its navigation: the clinic's row with what waits, and the portal's frame."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from clinic import messages
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.user import Role
from clinic.safety.contacts import spoke_of_abuse
from clinic.safety.help import card_for
from clinic.safety.read_languages import note_of
from dashboard.access import ActingRequest
from dashboard.turn_to import turn_to

HELP = "help"
"""The protocol of the card whose first number stands in the bar."""


@dataclass(frozen=True, slots=True)
class HelpBar:
    """The first number of help that can be dialled; all "" where none was checked."""

    href: str = ""
    label: str = ""
    detail: str = ""


def clinic_of(acting: ActingRequest | None) -> Clinic | None:
    """The clinic's row, and in the same query how many messages wait for whoever is signed in, and whether a patient
    ever spoke of violence at home."""
    if acting is None:
        return Clinic.objects.first()
    if acting.actor.role == Role.PSYCHOLOGIST:
        unread = messages.unread_by_staff(acting.person, at=acting.at)
        return Clinic.objects.annotate(unread=messages.counted(unread)).first()
    if acting.actor.role == Role.PATIENT:
        unread = messages.unread_by_patient(acting.person)
        found = Clinic.objects.annotate(
            unread=messages.counted(unread), discreet=spoke_of_abuse(acting.person)
        )
        return found.first()
    return Clinic.objects.first()


def frame(request: ActingRequest, patient: Patient, clinic: Clinic | None) -> dict[str, Any]:
    """Context of the portal's shell: no query. `discreet`: the title of a page says nothing (SR-38)."""
    return {
        "care_over": turn_to(patient),
        "language_note": note_of(patient.language),
        "discreet": getattr(clinic, "discreet", False),
        "help_bar": _bar(request, patient, clinic),
    }


def _bar(request: ActingRequest, patient: Patient, clinic: Clinic | None) -> HelpBar:
    card = card_for(
        HELP,
        country=clinic.country if clinic else "",
        language=patient.language,
        demonstration=bool(clinic and clinic.is_demonstration),
        today=local_date(at=request.at, zone=clinic.zone if clinic else "UTC"),
    )
    first = next((action for action in card.actions if action.href), None)
    if first is None or first.href is None:
        return HelpBar()
    with translation.override(card.language):
        fictional = _("fictional") if clinic and clinic.is_demonstration else ""
    return HelpBar(first.href, first.number or first.label, fictional)
