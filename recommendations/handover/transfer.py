"""Handing care to a colleague: one transaction, after which the first psychologist has no way into the record."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import access, appointments
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.clock import local_date
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.handover import HandedPlan, Handover
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.safety import alerts
from recommendations import publications
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn
from recommendations.workflow import ASIDE

ENDING = (CareKind.TREATING, CareKind.COVERING, CareKind.SECOND_READER, CareKind.BREAK_GLASS)
"""The kinds that end for whoever hands care over. Care of kind safety ends with its alert."""


class HandoverRefused(Exception):
    """Care was not handed over or ended; the message says why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen beside the colleague: whether appointments and taken alerts go with the record."""

    keep_appointments: bool = True
    hand_over_alerts: bool = True


def receivers(*, patient: Patient, giver: User, at: dt.datetime) -> list[User]:
    """To whom care can be handed: psychologists who can act, with a licence that holds today. Two queries."""
    today = local_date(at=at, zone=Clinic.objects.get().zone)
    found = access.psychologists(at=at).filter(staff__licence_valid_until__gte=today)
    ordered = found.exclude(pk=giver.pk).order_by("staff__printed_name", "pk")
    return [user for user in ordered if user.pk != patient.user_id]


@transaction.atomic
def transfer(
    *, patient: Patient, giver: User, receiver: User, choice: Choice, by: Actor, at: dt.datetime
) -> Handover:
    """Hand the care of `giver` to `receiver`. Drafts keep their waiting time, plans their signature and their end.

    Raises NotAllowed unless the treating psychologist or an administrator acts, OwnCare for an administrator who
    would take it, and HandoverRefused where the colleague cannot.
    """
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    _check(locked, giver, receiver, by=by, at=at)
    assert by.user is not None  # noqa: S101  checked above
    handed = Handover.objects.create(
        patient=locked, given_by=giver, received_by=receiver, handed_by=by.user, handed_at=at
    )
    access.start_care(patient=locked, user=receiver, kind=CareKind.TREATING, by=by, at=at)
    plans = _hand_plans(handed, at=at)
    drafts = _bring_back(locked, by=by, at=at)
    _appointments(locked, giver, receiver, keep=choice.keep_appointments, by=by, at=at)
    if choice.hand_over_alerts:
        alerts.hand_over(patient=locked, giver=giver, receiver=receiver, by=by, at=at)
    _end_care(locked, giver, by=by, at=at)
    facts = {"from": giver.pk, "to": receiver.pk, "plans": plans, "drafts_brought_back": drafts}
    log("care_handed_over", by=by, at=at, patient=locked, subject=handed, facts=facts)
    return handed


def _check(patient: Patient, giver: User, receiver: User, *, by: Actor, at: dt.datetime) -> None:
    own = by.user is not None and by.user.pk == giver.pk and by.role == Role.PSYCHOLOGIST
    if by.user is None or not (own or by.role == Role.ADMINISTRATOR):
        raise NotAllowed(_("Only the treating psychologist or an administrator can hand care over."))
    treating = access.relationships(at=at).filter(patient=patient, user=giver, kind=CareKind.TREATING)
    if not treating.exists():
        raise HandoverRefused(_("This person is not treating the patient any more."))
    if receiver.pk not in {user.pk for user in receivers(patient=patient, giver=giver, at=at)}:
        raise HandoverRefused(
            _("Care can go to a psychologist who works here and whose licence holds today. Choose another.")
        )


def _hand_plans(handed: Handover, *, at: dt.datetime) -> int:
    """Note each standing plan for the new psychologist to look at; one that waits for that already is not doubled."""
    waiting = HandedPlan.objects.filter(patient=handed.patient, confirmed_at=None).values("publication")
    standing = publications.standing(at=at).filter(patient=handed.patient).exclude(pk__in=waiting)
    rows = [
        HandedPlan(handover=handed, patient=handed.patient, publication=publication)
        for publication in standing.values_list("pk", flat=True)
    ]
    return len(HandedPlan.objects.bulk_create(rows))


def _bring_back(patient: Patient, *, by: Actor, at: dt.datetime) -> int:
    """Drafts that were put aside are open again: the new psychologist decides about them afresh."""
    rows = Suggestion.objects.filter(patient=patient, state__in=ASIDE).select_related("patient")
    put_aside = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
    for draft in put_aside:
        turn.move(draft, "bring_back", by=by, at=at)
    return len(put_aside)


def _appointments(
    patient: Patient, giver: User, receiver: User, *, keep: bool, by: Actor, at: dt.datetime
) -> None:
    for appointment in appointments.upcoming(patient, at=at).filter(held_by=giver):
        if keep:
            appointments.pass_on(appointment, to=receiver, by=by, at=at)
        else:
            appointments.end_for_change_of_care(appointment, by=by, at=at)


def _end_care(patient: Patient, giver: User, *, by: Actor, at: dt.datetime) -> None:
    ending = access.relationships(at=at).filter(patient=patient, user=giver, kind__in=ENDING)
    for care in ending.select_related("patient", "user"):
        access.end_care(care=care, by=by, at=at)
