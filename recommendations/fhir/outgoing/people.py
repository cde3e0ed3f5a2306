"""Who appears in an export: the patient, those who signed and the programs that drafted."""

from typing import Any

from clinic.models.patient import Patient
from clinic.people import Identity
from recommendations.fhir.codes import PRONOUNS, RECORD_NUMBER, ZONE
from recommendations.fhir.outgoing.terms import (
    LANGUAGES,
    RELEASE,
    Resource,
    coded,
    filled,
    stable,
)

AI_TYPE = coded(
    "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS",
    "Artificial-Intelligence",
    text="Artificial Intelligence",
)


def patient(person: Identity, row: Patient, *, came_as: Resource | None = None) -> Resource:
    """The person in care. `came_as` is the Patient of another system that this record began with, if it did.

    What came from there stays as it came, id included, so that everything else that came still points to it; name,
    birth date and telephone are those that stand here now, and the record number here is added.
    """
    before = came_as or {}
    own = {
        "resourceType": "Patient",
        "id": before.get("id", str(row.pk)),
        "extension": _extensions(person, row, before.get("extension", [])),
        "identifier": _identifiers(person, before.get("identifier", [])),
        "name": _names(person, before.get("name", [])),
        "telecom": _telephones(person, before.get("telecom", [])),
        "birthDate": _birth_date(person, before.get("birthDate")),
        "communication": before.get("communication") or [{"language": _language(row.language)}],
    }
    return before | filled(**own)


def _identifiers(person: Identity, before: list[Any]) -> list[Any]:
    own = {"system": RECORD_NUMBER, "value": person.record_number}
    held = {(each.get("system"), each.get("value")) for each in before}
    return before if (own["system"], own["value"]) in held else [*before, own]


def _names(person: Identity, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names that came, where one of them is the name that stands here."""
    if any(person.name in {each.get("text"), _joined(each)} for each in before):
        return before
    return [{"use": "official", "text": person.name}]


def _joined(name: dict[str, Any]) -> str:
    return " ".join([*name.get("given", []), name.get("family", "")]).strip()


def _telephones(person: Identity, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not person.phone or any(each.get("value") == person.phone for each in before):
        return before
    return [*before, {"system": "phone", "value": person.phone}]


def _birth_date(person: Identity, before: str | None) -> str | None:
    """A partial date that came stays partial."""
    known = person.birth_date.isoformat() if person.birth_date else ""
    return before if before and known.startswith(before) else known or before


def _extensions(person: Identity, row: Patient, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pronouns = {"url": "value", "valueCodeableConcept": {"text": person.pronouns}}
    own: list[dict[str, Any]] = [{"url": ZONE, "valueCode": row.zone}]
    if person.pronouns:
        own.append({"url": PRONOUNS, "extension": [pronouns]})
    replaced = {each["url"] for each in own}
    return [*(each for each in before if each.get("url") not in replaced), *own]


def _language(code: str) -> dict[str, Any]:
    return coded(LANGUAGES, code)


def practitioner_id(name: str, title: str) -> str:
    """The id of whoever signed under this printed name and title, the same in every export."""
    return stable("practitioner", name, title)


def practitioner(name: str, title: str) -> Resource:
    """A psychologist, as their signature names them."""
    qualification = [{"code": {"text": title}}] if title else []
    return {
        "resourceType": "Practitioner",
        "id": practitioner_id(name, title),
        **filled(name=[{"use": "official", "text": name}], qualification=qualification),
    }


def device_id(release: str) -> str:
    """The id of a model release, the same in every export."""
    return stable("device", release)


def device(release: str) -> Resource:
    """A model release as the signed words name it: "suggest-1 1.0.0"."""
    name, _space, version = release.partition(" ")
    return {
        "resourceType": "Device",
        "id": device_id(release),
        "identifier": [{"system": RELEASE, "value": release}],
        "status": "active",
        "manufacturer": "Countersign",
        "deviceName": [{"name": name, "type": "model-name"}],
        "type": AI_TYPE,
        **filled(version=[{"value": version}] if version else []),
    }
