"""Whose records these are: a person is found again by a number of another system, or gets a record here."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import access, keys, people
from clinic.actor import Actor
from clinic.database.turns import take_turn
from clinic.imports.refused import ImportRefused, Reason
from clinic.keys import Ring
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.imported import OutsideIdentifier
from clinic.models.patient import Patient
from clinic.models.user import Role

PURPOSE = "outside-identifier"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person as a file names them. `numbers` are what other systems call them by; never empty.
    `record_number` is set where the file came out of this product: it is that of their record there."""

    reference: str
    name: str
    birth_date: dt.date | None
    language: str
    numbers: frozenset[str]
    record_number: str = ""
    zone: str = ""
    pronouns: str = ""
    phone: str = ""

    def digests(self) -> frozenset[str]:
        """The keyed digests of those numbers, as they are stored."""
        return frozenset(keys.index(number.encode(), purpose=PURPOSE) for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Placed:
    """A person of a file with their record here."""

    patient: Patient
    ring: Ring
    is_new: bool


@dataclass(slots=True)
class _Book:
    """What is known while the people of one file are placed: whose a number is, and who may be touched."""

    known: dict[str, UUID]
    records: dict[str, UUID]
    patients: dict[UUID, Patient]
    rings: dict[UUID, Ring]
    allowed: set[UUID] | None
    into: Patient | None
    before: frozenset[UUID]

    def found(self, arrival: Arrival, digests: frozenset[str]) -> Patient | None:
        """The record of this person, or None for somebody new. Raises ImportRefused."""
        ids = {self.known[digest] for digest in digests if digest in self.known}
        own = self.records.get(arrival.record_number)
        if own and (ids or not self._same_birth_date(arrival, own)):
            own = None
        ids |= {own} if own else set()
        if len(ids) > 1 or (self.into and ids - {self.into.pk}):
            words = _("Its identifiers belong to another record here.")
            raise self._refused(arrival, words, ids - ({self.into.pk} if self.into else set()))
        if not ids and not self.into:
            return None
        patient = self.into or self.patients[ids.pop()]
        if self.allowed is not None and patient.pk not in self.allowed:
            raise self._refused(arrival, "", {patient.pk})
        born = patient.unseal(self.rings[patient.pk], "birth_date")
        if born and arrival.birth_date and born != arrival.birth_date.isoformat():
            raise self._refused(
                arrival, _("Its birth date differs from that of the record here."), {patient.pk}
            )
        return patient

    def _refused(self, arrival: Arrival, words: str, concerned: set[UUID]) -> ImportRefused:
        """At the desk one sentence whatever the reason: it must not tell a psychologist who is a patient here."""
        if self.allowed is not None:
            words = _(
                "An identifier, the record number or the birth date speaks against putting this in. If that cannot be "
                "right, an administrator can look."
            )
        strangers = concerned - (self.allowed or set())
        here = sorted((strangers or concerned) & self.before)
        return ImportRefused(
            [Reason(arrival.reference, words)], about=self.patients[here[0]] if here else None
        )

    def _same_birth_date(self, arrival: Arrival, patient_id: UUID) -> bool:
        """A record number alone may be that of another clinic: the birth date must be known and equal too."""
        born = self.patients[patient_id].unseal(self.rings[patient_id], "birth_date")
        return bool(born) and arrival.birth_date is not None and born == arrival.birth_date.isoformat()

    def enter(self, digests: frozenset[str], placed: Placed) -> None:
        """From now on these numbers are this person's."""
        self.known |= dict.fromkeys(digests, placed.patient.pk)
        self.patients[placed.patient.pk] = placed.patient
        self.rings[placed.patient.pk] = placed.ring
        if self.allowed is not None:
            self.allowed.add(placed.patient.pk)


def place(
    arrivals: Mapping[str, Arrival], *, into: Patient | None, by: Actor, at: dt.datetime
) -> Iterator[tuple[str, Placed]]:
    """The record of each person, found again or made. Raises ImportRefused where it is not clear or not allowed.

    `into` says whose the file is. Somebody is the same person when a number of another system is known here and the
    birth dates do not differ; a file that contradicts itself is refused, because two people in one record is the
    worst that an import can do. A psychologist brings in their own caseload and new people, who come into their care.
    """
    take_turn("people of imports")
    digests = {key: arrival.digests() for key, arrival in arrivals.items()}
    book = _opened(arrivals, frozenset().union(*digests.values()), into=into, by=by, at=at)
    before = set(book.known)
    for key, arrival in arrivals.items():
        patient = book.found(arrival, digests[key])
        if patient is None:
            placed = _register(arrival, by=by, at=at)
        else:
            placed = Placed(patient, book.rings[patient.pk], is_new=False)
        book.enter(digests[key], placed)
        yield key, placed
    rows = [
        OutsideIdentifier(digest=digest, patient_id=patient_id)
        for digest, patient_id in book.known.items()
        if digest not in before
    ]
    OutsideIdentifier.objects.bulk_create(rows, batch_size=2_000)


def _opened(
    arrivals: Mapping[str, Arrival],
    digests: frozenset[str],
    *,
    into: Patient | None,
    by: Actor,
    at: dt.datetime,
) -> _Book:
    rows = OutsideIdentifier.objects.filter(digest__in=digests)
    known = dict(rows.values_list("digest", "patient_id"))
    numbers = [each.record_number for each in arrivals.values() if each.record_number]
    records = dict(Patient.objects.filter(record_number__in=numbers).values_list("record_number", "pk"))
    patients = Patient.objects.in_bulk({*known.values(), *records.values(), *([into.pk] if into else [])})
    ring = keys.ring(patients)
    if gone := [each.record_number for each in patients.values() if each.pk not in ring]:
        raise ImportRefused([Reason("", _("The key of %(record)s does not open.") % {"record": gone[0]})])
    mine = None if by.user is None else set(access.records(by.user, at=at).values_list("pk", flat=True))
    rings = dict.fromkeys(patients, ring)
    return _Book(known, records, patients, rings, mine, into, before=frozenset(patients))


def _register(arrival: Arrival, *, by: Actor, at: dt.datetime) -> Placed:
    zone = arrival.zone or Clinic.objects.values_list("zone", flat=True).first() or "UTC"
    taken = Patient.objects.filter(record_number=arrival.record_number).exists()
    person = people.NewPatient(
        name=arrival.name,
        pronouns=arrival.pronouns,
        birth_date=arrival.birth_date,
        phone=arrival.phone,
        zone=zone,
        language=arrival.language,
        record_number="" if taken else arrival.record_number,
    )
    patient, ring = people.register_patient(person=person, user=None, by=by, at=at)
    if by.user is not None and by.role == Role.PSYCHOLOGIST:
        access.start_care(patient=patient, user=by.user, kind=CareKind.TREATING, by=by, at=at)
    return Placed(patient, ring, is_new=True)
