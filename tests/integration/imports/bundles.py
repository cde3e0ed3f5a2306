"""Small files of FHIR R4 that the tests make themselves, and the way in."""

import json
from pathlib import Path
from typing import Any

from clinic.actor import SOFTWARE, Actor
from clinic.imports.take_in import Taken
from clinic.models.patient import Patient
from recommendations.fhir.incoming import files
from recommendations.fhir.incoming.scan import scan
from tests.cast import NOW

Resource = dict[str, Any]
ADA = "urn:uuid:5b1f4a5c-0000-4000-8000-000000000001"
BEN = "urn:uuid:5b1f4a5c-0000-4000-8000-000000000002"
HOSPITAL = "http://hospital.example"


def person(number: str = "A-1", *, name: str = "Ada Lind", born: str = "1990-02-03", **more: Any) -> Resource:
    given, _space, family = name.partition(" ")
    return {
        "resourceType": "Patient",
        "id": f"patient-{number}",
        "identifier": [{"system": HOSPITAL, "value": number}],
        "name": [{"use": "official", "given": [given], "family": family}],
        "birthDate": born,
    } | more


def observation(
    code: str, *, about: str = ADA, when: str = "2022-03-04T10:00:00+02:00", **more: Any
) -> Resource:
    return {
        "resourceType": "Observation",
        "id": f"obs-{code}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": about},
        "effectiveDateTime": when,
    } | more


def phq9_total(value: float, **more: Any) -> Resource:
    return observation("44261-6", valueQuantity={"value": value, "unit": "{score}"}, **more)


def mood(value: float, *, when: str, about: str = ADA) -> Resource:
    own = {"code": {"coding": [{"system": "urn:countersign:signal", "code": "mood"}]}}
    return observation("mood", about=about, when=when, valueQuantity={"value": value}) | own


def condition(words: str, *, about: str = ADA, **more: Any) -> Resource:
    return {
        "resourceType": "Condition",
        "id": "condition",
        "clinicalStatus": {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}
            ]
        },
        "code": {
            "coding": [{"system": "http://snomed.info/sct", "code": "35489007", "display": words}],
            "text": words,
        },
        "subject": {"reference": about},
        "onsetDateTime": "2022-02",
    } | more


ITEMS = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8")
ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")


def phq9(
    *values: int | None, about: str = ADA, when: str = "2022-03-04T10:00:00+02:00", **more: Any
) -> Resource:
    """The nine answers; None leaves a question out."""
    items = [
        {
            "linkId": f"/{code}",
            "answer": [{"valueCoding": {"system": "http://loinc.org", "code": ANSWERS[value]}}],
        }
        for code, value in zip(ITEMS, values, strict=True)
        if value is not None
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "phq-9",
        "questionnaire": "http://example.org/Questionnaire/phq-9",
        "status": "completed",
        "subject": {"reference": about},
        "authored": when,
        "item": items,
    } | more


def bundle(*resources: Resource, urls: tuple[str, ...] = (ADA, BEN)) -> str:
    """A transaction as Synthea writes it; the Patients stand at `urls`."""
    addresses = iter(urls)
    entries = []
    for number, resource in enumerate(resources):
        patient = resource["resourceType"] == "Patient"
        url = next(addresses) if patient else f"urn:uuid:5b1f4a5c-0000-4000-9000-{number:012d}"
        entries.append(
            {
                "fullUrl": url,
                "resource": resource,
                "request": {"method": "POST", "url": resource["resourceType"]},
            }
        )
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries})


def bring(
    folder: Path,
    text: str | bytes,
    *,
    into: Patient | None = None,
    consent_record: str = "",
    by: Actor = SOFTWARE,
    dry_run: bool = False,
) -> Taken:
    """Take in one file with this text. Raises ImportRefused."""
    path = folder / "file.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = scan(path, report=lambda _read, _count: None)
    return files.store(
        found,
        into=into,
        consent_record=consent_record,
        by=by,
        at=NOW,
        report=lambda _read, _count: None,
        dry_run=dry_run,
    )


def known_as(*numbers: str) -> list[dict[str, str]]:
    """Identifiers of other systems."""
    return [{"system": f"http://{number}.example", "value": number} for number in numbers]
