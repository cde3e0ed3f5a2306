"""Ending care: drafts are withdrawn, no AI is used any more; what is the patient's own stays theirs."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import access, appointments
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.models.care import CareKind
from clinic.models.patient import DischargeReason, Patient, TurnTo
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role
from clinic.questionnaires import assign
from recommendations import publications, review, suggest
from recommendations.handover.transfer import ENDING, HandoverRefused


@dataclass(frozen=True, slots=True)
class Ending:
    """Why care ends, to whom the person can turn, and whether signed plans stop at once or stand until their date."""

    reason: DischargeReason
    turn_to: TurnTo
    stop_plans: bool


@transaction.atomic
def discharge(*, patient: Patient, ending: Ending, by: Actor, at: dt.datetime) -> None:
    """End all care of this person. Raises NotAllowed, or HandoverRefused while a safety alert is open."""
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    _check(locked, by=by, at=at)
    drafts = suggest.withdraw_open(patient=locked, reason="discharged", by=by, at=at)
    plans = _stop_plans(locked, by=by, at=at) if ending.stop_plans else 0
    for appointment in appointments.upcoming(locked, at=at):
        appointments.end_for_change_of_care(appointment, by=by, at=at)
    asked = assign.end_all(patient=locked, by=by, at=at)
    locked.discharged_at, locked.discharged_by = at, by.user
    locked.discharge_reason, locked.turn_to = ending.reason, ending.turn_to
    locked.save(update_fields=["discharged_at", "discharged_by", "discharge_reason", "turn_to"])
    facts = {"drafts": drafts, "plans_stopped": plans, "questionnaires": asked, "turn_to": ending.turn_to}
    log("patient_discharged", by=by, at=at, patient=locked, subject=locked, reason=ending.reason, facts=facts)
    standing = access.relationships(at=at).filter(patient=locked, kind__in=ENDING)
    for care in standing.select_related("patient", "user"):
        access.end_care(care=care, by=by, at=at)


def _check(patient: Patient, *, by: Actor, at: dt.datetime) -> None:
    treating = access.relationships(at=at).filter(patient=patient, user=by.user, kind=CareKind.TREATING)
    if by.user is None or by.role != Role.PSYCHOLOGIST or not treating.exists():
        raise NotAllowed(_("Only the treating psychologist can end care."))
    if refusal := refused_while_open(SafetyAlert.objects.filter(patient=patient, closed_at=None).count()):
        raise HandoverRefused(refusal)


def refused_while_open(alerts: int) -> str:
    """Why care cannot end while so many safety alerts of the person are open; "" with none."""
    if not alerts:
        return ""
    words = ngettext(
        "%(count)d safety alert of this person is open. Answer and close it first; then care can end.",
        "%(count)d safety alerts of this person are open. Answer and close them first; then care can end.",
        alerts,
    )
    return words % {"count": alerts}


def _stop_plans(patient: Patient, *, by: Actor, at: dt.datetime) -> int:
    """Stop every standing publication, each with the plain sentence to the patient."""
    standing = publications.standing(at=at).filter(patient=patient).order_by("pk")
    ids = list(standing.values_list("pk", flat=True))
    for publication_id in ids:
        review.withdraw(publication_id=publication_id, reason="not_needed", by=by, at=at)
    return len(ids)
