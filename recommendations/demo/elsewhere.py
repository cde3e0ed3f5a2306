"""A referral: what another (fictional) clinic wrote about one of the fictional patients, taken in as FHIR."""

import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any

from clinic.actor import SOFTWARE, Actor
from clinic.models.patient import Patient
from recommendations.demo.people import Person
from recommendations.fhir import codes
from recommendations.fhir.incoming import files
from recommendations.fhir.incoming.scan import scan

REFERRED = "CS-20418"
"""Whose referral it is."""

ARRIVED = ("Rosa Lindqvist", dt.date(1986, 9, 17), "RV-3154")
"""Somebody who was referred here and whom nobody treats yet: name, birth date, number there."""

CONSENT = "Consent form signed at the first appointment (fictional)"
SUBJECT = "urn:uuid:0c7e4c0e-3a52-4b1f-9d1e-5a5d1f2a7b10"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
ITEMS = (
    "44250-9",
    "44255-8",
    "44259-0",
    "44254-1",
    "44251-7",
    "44258-2",
    "44252-5",
    "44253-3",
    codes.PHQ9_ITEM_9,
)
ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")


def refer(person: Person, patient: Patient, treating: Actor, *, at: dt.datetime) -> None:
    """Take in the referral, as the psychologist does by the browser."""
    _take_in(_bundle(person.name, person.born, "RV-3071", before=at), into=patient, by=treating, at=at)


def arrive(*, at: dt.datetime) -> None:
    """Take in somebody of whom nothing is known here, as the command does: nobody treats them yet."""
    _take_in(_bundle(*ARRIVED, before=at), into=None, by=SOFTWARE, at=at)


def _take_in(bundle: dict[str, Any], *, into: Patient | None, by: Actor, at: dt.datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "referral.json"
        path.write_text(json.dumps(bundle), encoding="utf-8")
        found = scan(path, report=_quiet)
        files.store(found, into=into, consent_record=CONSENT, by=by, at=at, report=_quiet)


def _quiet(_read: int, _count: int) -> None:
    """Seeding says what it does by itself."""


def _bundle(name: str, born: dt.date, number: str, *, before: dt.datetime) -> dict[str, Any]:
    resources = [_patient(name, born, number), *_history(before), *_forms(before)]
    entries: list[dict[str, Any]] = [{"resource": each} for each in resources]
    entries[0]["fullUrl"] = SUBJECT
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _patient(name: str, born: dt.date, number: str) -> dict[str, Any]:
    given, _space, family = name.partition(" ")
    return {
        "resourceType": "Patient",
        "id": "referred",
        "identifier": [{"system": "https://riverside.example/patients", "value": number}],
        "name": [{"use": "official", "given": [given], "family": family}],
        "birthDate": born.isoformat(),
    }


def _history(before: dt.datetime) -> list[dict[str, Any]]:
    about = {"subject": {"reference": SUBJECT}}
    year = before.year - 1
    return [
        _condition("35489007", "Depressive disorder", f"{year}-02", "active") | about,
        _condition("233678006", "Childhood asthma", f"{year - 20}", "resolved") | about,
        {
            "resourceType": "MedicationRequest",
            "status": "stopped",
            "intent": "order",
            "medicationCodeableConcept": _coded(codes.RXNORM, "312940", "Sertraline 25 mg oral tablet"),
            "authoredOn": f"{year}-03-08",
        }
        | about,
        {
            "resourceType": "AllergyIntolerance",
            "clinicalStatus": {"coding": [{"system": ALLERGY, "code": "active"}]},
            "code": _coded(codes.SNOMED, "91936005", "Allergy to penicillin"),
            "patient": {"reference": SUBJECT},
            "recordedDate": f"{year - 8}",
        },
        {
            "resourceType": "CarePlan",
            "status": "completed",
            "intent": "plan",
            "title": "Six sessions of guided self-help",
            "period": {"start": f"{year}-04-02", "end": f"{year}-06-11"},
        }
        | about,
    ]


def _condition(code: str, words: str, since: str, state: str) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "clinicalStatus": {"coding": [{"system": CLINICAL, "code": state}]},
        "code": _coded(codes.SNOMED, code, words),
        "onsetDateTime": since,
    }


def _coded(system: str, code: str, words: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": words}], "text": words}


def _forms(before: dt.datetime) -> list[dict[str, Any]]:
    """Two filled PHQ-9, six and three months before."""
    filled = ((180, (2, 2, 3, 2, 1, 2, 2, 1, 0)), (90, (1, 2, 2, 1, 1, 1, 1, 0, 0)))
    return [
        _form((before - dt.timedelta(days=days)).replace(microsecond=0), values) for days, values in filled
    ]


def _form(when: dt.datetime, values: tuple[int, ...]) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://riverside.example/Questionnaire/phq-9",
        "language": "en",
        "status": "completed",
        "subject": {"reference": SUBJECT},
        "authored": when.isoformat(),
        "item": [
            {
                "linkId": f"/{code}",
                "answer": [{"valueCoding": {"system": codes.LOINC, "code": ANSWERS[value]}}],
            }
            for code, value in zip(ITEMS, values, strict=True)
        ],
    }
