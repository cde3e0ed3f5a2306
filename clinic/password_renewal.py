"""Choosing a new password by a link: the answer to who somebody is, and what ends with the old password."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from clinic import access, guessing, people, proofs, token_ends
from clinic.actor import NOBODY_ROLE, Actor
from clinic.models.danger import TextSource
from clinic.models.password_link import PasswordLink
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.password_links import is_patient_only, log_link, of_code
from clinic.proofs import Ask
from clinic.safety import alerts
from clinic.safety.alerts import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The new password, and what the person said of who they are."""

    password: str
    birth_date: dt.date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a link: the account where the answer was right, else None and how many tries are left.

    `notice` is what the danger detector found in what a patient typed.
    """

    user: User | None
    left: int
    notice: Notice | None


def asked_of(link: PasswordLink) -> Ask:
    """What its person is asked. Staff may be in care here too; whoever made the link must not learn it from this."""
    patient = Patient.objects.filter(user=link.user).first()
    if patient is None or not is_patient_only(link.user):
        return Ask.IF_IN_CARE
    return proofs.asked_of(patient)


@transaction.atomic
def use(*, code: str, chosen: Chosen, submission: UUID, at: dt.datetime) -> Outcome:
    """Set the new password where the answer is right: every session and token of the account ends.

    A wrong answer is counted and changes nothing else. Raises UnknownCode, LinkEnded and KeysUnavailable.
    """
    link = of_code(code, at=at, lock=True)
    patient = Patient.objects.filter(user=link.user).first()
    notice = None
    if patient is not None and chosen.name:
        source = TextSource.ACCOUNT
        notice = alerts.notice(patient=patient, text=chosen.name, submission=submission, source=source, at=at)
    if patient is not None and not _proved(link, patient, chosen):
        remaining = proofs.count_wrong(link.code_digest, at=at)
        log_link("password_link_refused", link, by=_person(link.user, at=at), at=at)
        return Outcome(None, remaining, notice)
    _renew(link, chosen.password, at=at)
    return Outcome(link.user, 0, notice)


def _proved(link: PasswordLink, patient: Patient, chosen: Chosen) -> bool:
    """The name of a colleague is printed for everybody to read, so of staff only the date of birth proves anything."""
    name = chosen.name if is_patient_only(link.user) else ""
    return proofs.fits(patient, birth_date=chosen.birth_date, name=name)


def _renew(link: PasswordLink, password: str, *, at: dt.datetime) -> None:
    user, by = link.user, _person(link.user, at=at)
    user.set_password(password)
    user.save(update_fields=["password"])
    people.end_sessions(user, at=at)
    token_ends.revoke_all(user=user, by=by, at=at)
    PasswordLink.objects.filter(pk=link.pk).update(used_at=at)
    guessing.forget(user.sign_in_name)
    log_link("password_link_used", link, by=by, at=at)


def _person(user: User, *, at: dt.datetime) -> Actor:
    return Actor(user, min(access.roles_of(user, at=at), default=NOBODY_ROLE))
