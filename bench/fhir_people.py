"""A bundle of FHIR R4 about fictional people, of any size: two thirds of it of types that an import keeps."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

LABS = (("2339-0", "Glucose", "mg/dL"), ("29463-7", "Body Weight", "kg"), ("8302-2", "Body Height", "cm"))
ITEMS = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8")
ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
SYSTEMS = {"loinc": "http://loinc.org", "snomed": "http://snomed.info/sct"}
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
UNITS = "http://unitsofmeasure.org"
FILLING = {"meta": {"tag": [{"system": "https://bench.example/tags", "code": "synthetic"}]}}


def coded(system: str, code: str, words: str) -> dict[str, Any]:
    return {"coding": [{"system": SYSTEMS[system], "code": code, "display": words}], "text": words}


def answered(code: str, value: int) -> dict[str, Any]:
    return {
        "linkId": f"/{code}",
        "answer": [{"valueCoding": {"system": SYSTEMS["loinc"], "code": ANSWERS[value]}}],
    }


def person(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """About 330 resources of one fictional person."""
    about = {"reference": f"urn:uuid:{UUID(int=number)}"}
    yield {
        "resourceType": "Patient",
        "identifier": [{"system": "https://bench.example/people", "value": str(number)}],
        "name": [{"use": "official", "family": f"Person{number}", "given": ["Synthetic"]}],
        "birthDate": f"{1940 + number % 60}-03-04",
    }
    for day in range(200):
        yield laboratory(day, chance) | {"subject": about}
    for year in range(2010, 2022):
        yield form(year, chance) | {"subject": about}
        yield finding(year, chance) | {"subject": about}
    for visit in range(110):
        yield claim(visit, chance) | {"patient": about}


def laboratory(day: int, chance: random.Random) -> dict[str, Any]:
    code, words, unit = LABS[day % 3]
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": "laboratory"}]}],
        "code": coded("loinc", code, words),
        "encounter": {"reference": f"urn:uuid:{UUID(int=chance.getrandbits(128))}"},
        "effectiveDateTime": f"{2010 + day // 28}-{day % 12 + 1:02}-{day % 28 + 1:02}T08:00:00+00:00",
        "valueQuantity": {"value": chance.random() * 100, "unit": unit, "system": UNITS, "code": unit},
    }


def form(year: int, chance: random.Random) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://bench.example/phq-9",
        "status": "completed",
        "authored": f"{year}-05-06T10:00:00+00:00",
        "item": [answered(code, 0 if code == ITEMS[8] else chance.randrange(4)) for code in ITEMS],
    }


def finding(year: int, chance: random.Random) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "code": coded("snomed", str(chance.randrange(10**6, 10**8)), f"Finding {chance.randrange(10**6)}"),
        "onsetDateTime": f"{year}-02",
    }


def claim(visit: int, chance: random.Random) -> dict[str, Any]:
    return {
        "resourceType": "Claim",
        "status": "active",
        "use": "claim",
        "created": "2020-01-01",
        "item": [{"sequence": line, "net": {"value": chance.random() * 100}} for line in range(8)],
        "supportingInfo": [{"sequence": visit + 1, "category": coded("snomed", "1", "information")}],
    }


def write(path: Path, megabytes: int) -> int:
    """Write the bundle; the number of its resources."""
    chance, count, number = random.Random(1), 0, 0
    with path.open("w", encoding="utf-8") as out:
        out.write('{"resourceType": "Bundle", "type": "transaction", "entry": [\n')
        while out.tell() < megabytes * 1024 * 1024:
            number += 1
            for each in person(number, chance):
                own = number if each["resourceType"] == "Patient" else chance.getrandbits(128)
                url = f"urn:uuid:{UUID(int=own)}"
                entry = {
                    "fullUrl": url,
                    "resource": each | FILLING,
                    "request": {"method": "POST", "url": each["resourceType"]},
                }
                out.write((",\n" if count else "") + json.dumps(entry))
                count += 1
        out.write("\n]}\n")
    return count
