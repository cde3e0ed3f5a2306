"""Joining: an invited person opens their account with the code, and a patient registers who they are."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from clinic import access, claiming, invitable, invitations, keys, people, proofs
from clinic.actor import NOBODY, SOFTWARE, Actor, log
from clinic.invitations import Ended, NameTaken
from clinic.models.care import CareKind
from clinic.models.danger import TextSource
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.people import NewPatient
from clinic.proofs import Ask
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


class WrongBirthDate(Exception):
    """The date of birth is not that of the record. It was counted; `left` more wrong ones end the code."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


def needs_birth_date(invitation: Invitation) -> bool:
    """Whether this is about a record that came from elsewhere with a date of birth, which must be the person's own."""
    record = _from_elsewhere(invitation)
    return record is not None and proofs.asked_of(record) is Ask.BIRTH_DATE


def join(*, code: str, newcomer: Newcomer, submission: UUID, at: dt.datetime) -> Joined:
    """Use an invitation: account, role, and for a patient the record with its key and its first care.

    The role is given by whoever invited. Raises UnknownCode, Ended, NameTaken, and KeysUnavailable; then
    nothing was made and the code still works. Raises WrongBirthDate where the record knows another one: then
    nothing was made but a count of it, in the transaction that compared the two.
    """
    with transaction.atomic():
        invitation = invitations.of_code(code, at=at, lock=True)
        left = _wrongly_said(invitation, newcomer, at=at)
        if left is None:
            return _joined(invitation, newcomer, submission=submission, at=at)
    raise WrongBirthDate(left)


def _from_elsewhere(invitation: Invitation) -> Patient | None:
    if invitation.role != Role.PATIENT:
        return None
    return Patient.objects.filter(record_number=invitation.record_number, user=None).first()


def _wrongly_said(invitation: Invitation, newcomer: Newcomer, *, at: dt.datetime) -> int | None:
    """None for somebody who may join; else how many tries the code still bears."""
    record = _from_elsewhere(invitation)
    if record is None or proofs.asked_of(record) is not Ask.BIRTH_DATE:
        return None
    if proofs.fits(record, birth_date=newcomer.birth_date):
        return None
    left = proofs.count_wrong(invitation.code_digest, at=at)
    facts = {"left": left}
    log("join_failed", by=NOBODY, at=at, patient=record, subject=invitation, reason="birth_date", facts=facts)
    return left


def _joined(invitation: Invitation, newcomer: Newcomer, *, submission: UUID, at: dt.datetime) -> Joined:
    if User.objects.filter(sign_in_name=newcomer.sign_in_name).exists():
        raise NameTaken
    try:
        with transaction.atomic():
            user = User.objects.create_user(newcomer.sign_in_name, newcomer.password)
    except IntegrityError as error:  # somebody chose the same name at the same moment
        raise NameTaken from error
    by, role = Actor(user, invitation.role), Role(invitation.role)
    inviter = Actor(invitation.invited_by, invitation.invited_as)
    access.grant_role(user=user, role=role, by=inviter, at=at)
    patient = notice = None
    if role == Role.PATIENT:
        patient = _record(invitation, newcomer, by=by, at=at)
        words = f"{newcomer.name}\n{newcomer.pronouns}\n{newcomer.phone}"
        source = TextSource.ACCOUNT
        notice = alerts.notice(patient=patient, text=words, submission=submission, source=source, at=at)
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
    """The record of the invitation, now with the person's own words, in the care that was planned.

    A record that exists already stays in the care that it has; its psychologist invited. Raises Ended.
    """
    person = NewPatient(
        name=newcomer.name,
        pronouns=newcomer.pronouns,
        birth_date=newcomer.birth_date,
        phone=newcomer.phone,
        zone=invitation.zone,
        language=invitation.language,
        record_number=invitation.record_number,
    )
    rows = Patient.objects.select_for_update().filter(record_number=invitation.record_number)
    if (record := rows.first()) is not None:
        if not invitable.may_open(invitation, record, at=at):
            raise Ended(InvitationState.NOT_IN_CARE)
        claiming.claim(patient=record, person=person, ring=keys.ring([record.pk]), by=by, at=at)
        return record
    patient, _ring = people.register_patient(person=person, user=by.user, by=by, at=at)
    treating = invitation.treating
    if treating is not None and Role.PSYCHOLOGIST in access.roles_of(treating, at=at):
        access.start_care(patient=patient, user=treating, kind=CareKind.TREATING, by=SOFTWARE, at=at)
    return patient
