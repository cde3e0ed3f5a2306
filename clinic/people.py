"""The people: registering patients and staff, and reading the names of a page of patients at once."""

import datetime as dt
import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from clinic import keys, token_ends
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.clock import local_date
from clinic.keys import Ring
from clinic.models.invitation import Invitation
from clinic.models.patient import Patient
from clinic.models.user import Role, StaffProfile, User
from clinic.name_words import folded

logger = logging.getLogger(__name__)

RECORD_PREFIX = "CS-"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a patient is, opened for one page. `birth_date` is None where it is not known."""

    patient_id: UUID
    record_number: str
    name: str
    pronouns: str
    birth_date: dt.date | None
    phone: str
    age: int | None


@dataclass(frozen=True, slots=True)
class NewPatient:
    """What is known of a person when care begins."""

    name: str
    pronouns: str
    birth_date: dt.date | None
    phone: str
    zone: str
    language: str
    record_number: str = ""


@transaction.atomic
def register_patient(
    *, person: NewPatient, user: User | None, by: Actor, at: dt.datetime
) -> tuple[Patient, Ring]:
    """Make a patient with a key of their own; returns both. The record number is opaque and drawn at random."""
    patient = Patient(
        user=user,
        record_number=person.record_number or free_record_number(),
        zone=person.zone,
        language=person.language,
    )
    ring = keys.make([patient.pk])
    seal_identity(patient, person, ring)
    patient.save()
    log("key_made", by=by, at=at, patient=patient)
    log("person_registered", by=by, at=at, patient=patient, subject=patient, reason=Role.PATIENT)
    return patient, ring


def seal_identity(patient: Patient, person: NewPatient, ring: Ring) -> None:
    """Put who somebody is into the sealed fields of their record."""
    patient.seal(
        ring,
        name=person.name,
        pronouns=person.pronouns,
        birth_date=person.birth_date.isoformat() if person.birth_date else "",
        phone=person.phone,
    )


@transaction.atomic
def register_staff(
    *,
    user: User,
    printed_name: str,
    title: str,
    licence_valid_until: dt.date | None,
    by: Actor,
    at: dt.datetime,
) -> StaffProfile:
    """Give a user the professional name under which they sign."""
    profile = StaffProfile.objects.create(
        user=user, printed_name=printed_name, title=title, licence_valid_until=licence_valid_until
    )
    log("person_registered", by=by, at=at, subject=user, reason="staff")
    return profile


@transaction.atomic
def deactivate(*, user: User, by: Actor, at: dt.datetime) -> None:
    """End a person's access at once: nobody signs in with this name any more, every session and token of it is gone.

    Roles, care and signatures stay as they are. Raises NotAllowed for oneself: the clinic would lock itself out.
    """
    if by.user == user:
        raise NotAllowed(_("You cannot end your own access. Ask another administrator."))
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        end_sessions(user, at=at)
        token_ends.revoke_all(user=user, by=by, at=at)
        log("person_deactivated", by=by, at=at, subject=user)


@transaction.atomic
def reactivate(*, user: User, by: Actor, at: dt.datetime) -> None:
    """Let a person sign in again, with the password and the roles that they had. No old session or token comes back."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        log("person_reactivated", by=by, at=at, subject=user)


def end_sessions(user: User, *, at: dt.datetime) -> None:
    """Delete every session of this person. Reads all that have not expired: a clinic has hundreds at most."""
    for session in Session.objects.filter(expire_date__gt=at):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def identities(patients: Sequence[Patient], ring: Ring, *, at: dt.datetime) -> dict[UUID, Identity]:
    """The identity of each patient, opened with keys that were fetched for all of them together.

    One that does not open is reported to the log and left out: it must not close the page of all the others.
    """
    found = {}
    for patient in patients:
        try:
            found[patient.pk] = identity(patient, ring, at=at)
        except keys.CannotOpen:
            logger.error("The identity of patient %s does not open and is left out.", patient.pk)
    return found


def identity(patient: Patient, ring: Ring, *, at: dt.datetime) -> Identity:
    """One patient's identity. Raises clinic.keys.CannotOpen when the key was destroyed."""
    born = patient.unseal(ring, "birth_date")
    birth_date = dt.date.fromisoformat(born) if born else None
    today = local_date(at=at, zone=patient.zone)
    return Identity(
        patient_id=patient.pk,
        record_number=patient.record_number,
        name=patient.unseal(ring, "name"),
        pronouns=patient.unseal(ring, "pronouns"),
        birth_date=birth_date,
        phone=patient.unseal(ring, "phone"),
        age=_age(birth_date, today) if birth_date else None,
    )


def matching(people: Iterable[Identity], query: str) -> list[Identity]:
    """Those whose record number, or any word of whose name, begins with `query`; case and accents do not count."""
    wanted = folded(query).split()
    return [
        person
        for person in people
        if person.record_number.lower().startswith(query.strip().lower())
        or all(any(word.startswith(part) for word in folded(person.name).split()) for part in wanted)
    ]


def _age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def free_record_number() -> str:
    """A record number at random that no record has and no invitation has promised."""
    while True:
        number = f"{RECORD_PREFIX}{secrets.randbelow(90_000) + 10_000}"
        taken = any(
            rows.filter(record_number=number).exists() for rows in (Patient.objects, Invitation.objects)
        )
        if not taken:
            return number
