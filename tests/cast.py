"""The fixed cast of the tests: the same six people everywhere, so that a test reads like a sentence."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from itertools import product

from clinic import access, people
from clinic.actor import SOFTWARE, Actor
from clinic.consent_texts import TEXT_VERSION, TEXTS
from clinic.keys import Ring
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from recommendations import catalogue
from recommendations.models.intervention import Intervention, TextMeaning, TextSignature

NOW = dt.datetime.combine(dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1), dt.time(9), dt.UTC)  # noqa: TID251
"""Yesterday, 9 in the morning UTC. The portal's views ask the database's clock what is visible and still valid, so
the moment of the tests lies a little before it; a fixed date would leave that window one day."""

PASSWORD = "a long password of the tests"


@dataclass(frozen=True)
class Cast:
    """Who appears. `treating` cares for `patient`, `other_psychologist` for `other_patient`."""

    clinic: Clinic
    treating: Actor
    other_psychologist: Actor
    patient: Patient
    other_patient: Patient
    administrator: Actor
    stranger: User
    ring: Ring

    @property
    def as_patient(self) -> Actor:
        """The patient, acting as patient."""
        return Actor(user=self.patient.user, role=Role.PATIENT)


def assemble(*, at: dt.datetime = NOW) -> Cast:
    """Make the cast at the moment `at`, the patients with every consent given."""
    clinic = Clinic.objects.create(
        name="Northside",
        country="GB",
        zone="Europe/London",
        is_demonstration=False,
        publication_delay=dt.timedelta(0),
        waiting_aim_hours=72,
    )
    treating = psychologist("treating", "Dr Maya Okonkwo", at=at)
    other = psychologist("other", "Dr Elias Ruiz", at=at)
    sign_texts(treating, at=at)
    patient, ring = patient_of(treating, "Amara Nwosu", sign_in_name="amara", at=at)
    other_patient, other_ring = patient_of(other, "Henrik Solberg", sign_in_name="henrik", at=at)
    return Cast(
        clinic=clinic,
        treating=treating,
        other_psychologist=other,
        patient=patient,
        other_patient=other_patient,
        administrator=administrator(at=at),
        stranger=User.objects.create_user("stranger", PASSWORD),
        ring=Ring({**ring._keys, **other_ring._keys}),
    )


def sign_texts(by: Actor, *, at: dt.datetime = NOW) -> None:
    """Every text that the program brings, signed for use, as the real operation leaves it but for the log."""
    rows = Intervention.objects.bulk_create(
        Intervention(code=entry.code, version=entry.version, digest=entry.digest, body=entry.body)
        for entry in catalogue.entries().values()
    )
    TextSignature.objects.bulk_create(
        TextSignature(
            intervention=row,
            digest=row.digest,
            signed_by=by.user,
            printed_name="Dr Maya Okonkwo",
            title="Clinical psychologist",
            meaning=TextMeaning.FOR_USE,
            signed_at=at,
        )
        for row in rows
    )


def psychologist(sign_in_name: str, printed_name: str, *, at: dt.datetime = NOW) -> Actor:
    """A psychologist with a licence that is valid for a year."""
    user = User.objects.create_user(sign_in_name, PASSWORD)
    access.grant_role(user=user, role=Role.PSYCHOLOGIST, by=SOFTWARE, at=at)
    people.register_staff(
        user=user,
        printed_name=printed_name,
        title="Clinical psychologist",
        licence_valid_until=at.date() + dt.timedelta(days=365),
        by=SOFTWARE,
        at=at,
    )
    return Actor(user=user, role=Role.PSYCHOLOGIST)


def administrator(sign_in_name: str = "administrator", *, at: dt.datetime = NOW) -> Actor:
    """An administrator with a printed name."""
    user = User.objects.create_user(sign_in_name, PASSWORD)
    access.grant_role(user=user, role=Role.ADMINISTRATOR, by=SOFTWARE, at=at)
    people.register_staff(
        user=user,
        printed_name="Ines Carvalho",
        title="Access administrator",
        licence_valid_until=None,
        by=SOFTWARE,
        at=at,
    )
    return Actor(user=user, role=Role.ADMINISTRATOR)


def patient_of(
    treating: Actor | None,
    name: str,
    *,
    sign_in_name: str,
    purposes: tuple[Purpose, ...] = tuple(Purpose),
    at: dt.datetime = NOW,
) -> tuple[Patient, Ring]:
    """A patient who can sign in, with these consents, in the care of `treating` when given."""
    user = User.objects.create_user(sign_in_name, PASSWORD)
    access.grant_role(user=user, role=Role.PATIENT, by=SOFTWARE, at=at)
    person = people.NewPatient(
        name=name,
        pronouns="she/her",
        birth_date=dt.date(1992, 3, 12),
        phone="+44 1632 960001",
        zone="Europe/London",
        language="en",
    )
    patient, ring = people.register_patient(person=person, user=user, by=SOFTWARE, at=at)
    agree(patient, purposes, at=at)
    if treating and treating.user:
        access.start_care(patient=patient, user=treating.user, kind=CareKind.TREATING, by=SOFTWARE, at=at)
    return patient, ring


def agree(patient: Patient, purposes: tuple[Purpose, ...], *, at: dt.datetime = NOW) -> None:
    """Consent to these for every source, as the real operation leaves it but for the log."""
    ConsentGrant.objects.bulk_create(
        ConsentGrant(
            patient=patient,
            source=source,
            purpose=purpose,
            text_version=TEXT_VERSION,
            text_language="en",
            text_digest=sha256("\n".join(TEXTS[source, purpose]).encode()).hexdigest(),
            given_by=patient.user,
            given_at=at,
        )
        for source, purpose in product(Source, purposes)
    )
