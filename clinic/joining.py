"""Joining: an invited person opens their account with the code, and a patient registers who they are."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from clinic import access, invitations, keys, people
from clinic.actor import SOFTWARE, Actor, log
from clinic.invitations import NameTaken
from clinic.models.care import CareKind
from clinic.models.invitation import Invitation
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.people import NewPatient
from clinic.safety import alerts
from clinic.safety.alerts import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What an invited person chose and entered; the last four are a patient's own and sealed under their key."""

    sign_in_name: str
    password: str
    name: str = ""
    pronouns: str = ""
    birth_date: dt.date | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The new account in its role. `notice` is what the danger detector found in what a patient entered."""

    actor: Actor
    notice: Notice | None


@transaction.atomic
def join(*, code: str, newcomer: Newcomer, submission: UUID, at: dt.datetime) -> Joined:
    """Use an invitation: account, role, and for a patient the record with its key and its first care.

    The role is given by whoever invited. Raises UnknownCode, Ended, NameTaken, and KeysUnavailable; then
    nothing was made and the code still works.
    """
    invitation = invitations.of_code(code, at=at, lock=True)
    if User.objects.filter(sign_in_name=newcomer.sign_in_name).exists():
        raise NameTaken
    user = User.objects.create_user(newcomer.sign_in_name, newcomer.password)
    by, role = Actor(user, invitation.role), Role(invitation.role)
    inviter = Actor(invitation.invited_by, invitation.invited_as)
    access.grant_role(user=user, role=role, by=inviter, at=at)
    patient = notice = None
    if role == Role.PATIENT:
        patient = _record(invitation, newcomer, by=by, at=at)
        words = f"{newcomer.name}\n{newcomer.pronouns}\n{newcomer.phone}"
        notice = alerts.notice(patient=patient, text=words, submission=submission, at=at)
    else:
        people.register_staff(
            user=user,
            printed_name=invitation.printed_name,
            title=invitation.title,
            licence_valid_until=invitation.licence_valid_until,
            by=by,
            at=at,
        )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=at, accepted_by=user)
    log("person_joined", by=by, at=at, patient=patient, subject=invitation, reason=role)
    return Joined(by, notice)


def _record(invitation: Invitation, newcomer: Newcomer, *, by: Actor, at: dt.datetime) -> Patient:
    """The record of the invitation, now with the person's own words, in the care that was planned."""
    person = NewPatient(
        name=newcomer.name,
        pronouns=newcomer.pronouns,
        birth_date=newcomer.birth_date,
        phone=newcomer.phone,
        zone=invitation.zone,
        language=invitation.language,
        record_number=invitation.record_number,
    )
    rows = Patient.objects.select_for_update().filter(record_number=invitation.record_number, user=None)
    if (patient := rows.first()) is None:
        patient, _ring = people.register_patient(person=person, user=by.user, by=by, at=at)
    else:
        people.claim_record(patient=patient, person=person, ring=keys.ring([patient.pk]), by=by, at=at)
    treating = invitation.treating
    if treating is not None and Role.PSYCHOLOGIST in access.roles_of(treating, at=at):
        access.start_care(patient=patient, user=treating, kind=CareKind.TREATING, by=SOFTWARE, at=at)
    return patient
