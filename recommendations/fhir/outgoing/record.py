"""A record as the entries of a bundle: what a person said and agreed to, what came from elsewhere, what was signed."""

import datetime as dt
from collections.abc import Collection, Iterable

from clinic import people
from clinic.keys import Ring
from clinic.models.clinic import Clinic
from clinic.models.consent import ConsentGrant, Source
from clinic.models.imported import ImportedResource
from clinic.models.observation import Observation
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from recommendations.fhir.outgoing import answers, came, consents, numbers, safety_plans, signed
from recommendations.fhir.outgoing import people as persons
from recommendations.fhir.outgoing.bundle import Bundle, bundle, own
from recommendations.fhir.outgoing.signed import Leaving, Stopped
from recommendations.fhir.outgoing.terms import Resource


def of_patient(
    patient: Patient,
    ring: Ring,
    *,
    leaving: Iterable[Leaving],
    sources: Collection[Source],
    at: dt.datetime,
    stopped: Iterable[Stopped] = (),
) -> Bundle:
    """Everything that stands at `at`, of these sources. A dozen queries for any number of rows.

    Raises clinic.keys.CannotOpen where words cannot be opened: a copy with holes that nobody sees is worse than none.
    """
    arrived = _arrived(patient, ring) if Source.IMPORTED in sources else []
    person = _person(patient, ring, arrived, at=at)
    subject = person["id"]
    ours = [
        person,
        *_consents(patient, subject=subject),
        *_answers(patient, ring, sources=sources, subject=subject),
        *_numbers(patient, ring, sources=sources, subject=subject),
        *safety_plans.resources(patient, ring, subject=subject),
        *signed.resources(leaving, patient=patient, subject=subject, at=at),
        *signed.stops(stopped, subject=subject),
    ]
    held = [own(resource) for resource in ours]
    others = [each for each in arrived if each.get("id") != subject or each["resourceType"] != "Patient"]
    entries = [*held, *came.entries(others, held=held, subject=subject)]
    synthetic = Clinic.objects.filter(is_demonstration=True).exists()
    return bundle(entries, number=patient.pk, at=at, synthetic=synthetic)


def _arrived(patient: Patient, ring: Ring) -> list[Resource]:
    rows = ImportedResource.objects.filter(patient=patient).order_by("recorded_at", "id")
    return came.resources(rows, ring)


def _person(patient: Patient, ring: Ring, arrived: Iterable[Resource], *, at: dt.datetime) -> Resource:
    """The patient; where their record began with one from elsewhere, with all that this one said."""
    first = next((each for each in arrived if each["resourceType"] == "Patient"), None)
    identity = people.identity(patient, ring, at=at)
    return persons.patient(identity, patient, came_as=first)


def _consents(patient: Patient, *, subject: str) -> list[Resource]:
    grants = ConsentGrant.objects.filter(patient=patient).order_by("given_at", "id")
    return [consents.consent(grant, patient=patient, subject=subject) for grant in grants]


def _answers(patient: Patient, ring: Ring, *, sources: Collection[Source], subject: str) -> list[Resource]:
    """The forms that stand; those from elsewhere leave as they came."""
    rows = QuestionnaireResponse.objects.filter(
        patient=patient, source__in=sources, superseded_by=None, imported_from=None
    )
    rows = rows.select_related("instrument").order_by("happened_at", "id")
    return answers.resources(rows, ring, subject=subject)


def _numbers(patient: Patient, ring: Ring, *, sources: Collection[Source], subject: str) -> list[Resource]:
    """The numbers that stand; those of questionnaires and of resources from elsewhere leave with these."""
    rows = Observation.objects.filter(
        patient=patient, source__in=sources, superseded_at=None, response=None, imported_from=None
    )
    rows = rows.select_related("check_in").order_by("happened_at", "id")
    return [numbers.observation(row, ring, patient=patient, subject=subject) for row in rows]
