"""Whom a resource is about, and how a file names a person."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from clinic.imports.arrivals import Arrival
from recommendations.fhir import codes

ABOUT_NOBODY = frozenset({"Practitioner", "Questionnaire", "Provenance", "Device"})
"""Types that need not name a person: in a file about one person they go with that person's record."""

_RECORD = re.compile(r"CS-\d{5}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NOT_ONES_OWN = {"id", "meta", "text"}


def reference_of(resource: Mapping[str, Any]) -> str:
    """The address of whom it is about, or "" where it names nobody. Other versions of an address are the same one."""
    found = resource.get("subject") or resource.get("patient")
    if not isinstance(found, dict):
        return ""
    identifier = found.get("identifier")
    if "reference" in found:
        address = str(found["reference"]).partition("/_history/")[0]
        _kind, asked, number = address.partition("?identifier=")
        return f"identifier:{number}" if asked else address
    if isinstance(identifier, dict) and identifier.get("value"):
        return f"identifier:{identifier.get('system', '')}|{identifier['value']}"
    return ""


def is_about_a_person(reference: str) -> bool:
    """Whether an address may be that of a Patient: a Group, a Device or a Location says so in its address."""
    steps = reference.split("/")
    return len(steps) < 2 or reference.startswith("urn:") or steps[-2] == "Patient"


def looked_up(reference: str, addresses: Mapping[str, str]) -> str | None:
    """The person at an address: as it stands, or by its last two steps ("Patient/1")."""
    return addresses.get(reference) or addresses.get("/".join(reference.split("/")[-2:]))


def addresses_of(resource: Mapping[str, Any], full_url: str) -> Iterator[str]:
    """Every address under which a file may speak of this Patient."""
    if full_url:
        yield full_url
    if resource.get("id"):
        yield f"Patient/{resource['id']}"
    for system, value in _identifiers(resource):
        yield f"identifier:{system}|{value}"


def arrival_of(resource: Mapping[str, Any]) -> Arrival:
    """The person whom a Patient describes. Raises ValueError where it gives no name."""
    name = _name(resource)
    if not name:
        raise ValueError(_("it gives no name"))
    numbers = frozenset(f"{system}|{value}" for system, value in _identifiers(resource) if system)
    own = next((value for system, value in _identifiers(resource) if system == codes.RECORD_NUMBER), "")
    born = str(resource.get("birthDate", ""))
    return Arrival(
        reference=f"Patient/{resource.get('id', '')}",
        name=name,
        birth_date=dt.date.fromisoformat(born) if len(born) == 10 else None,
        language=_language(resource),
        numbers=numbers or frozenset({"described|" + content_of(resource).decode()}),
        record_number=own if _RECORD.fullmatch(own) else "",
        zone=_zone(resource),
        pronouns=_pronouns(resource),
        phone=_phone(resource),
    )


def _zone(resource: Mapping[str, Any]) -> str:
    found = [str(each.get("valueCode", "")) for each in _extensions(resource, codes.ZONE)]
    return found[0] if found and found[0] in available_timezones() else ""


def _pronouns(resource: Mapping[str, Any]) -> str:
    for each in _extensions(resource, codes.PRONOUNS):
        for inner in each.get("extension", []):
            if inner.get("url") == "value":
                return str(inner.get("valueCodeableConcept", {}).get("text", ""))[:40]
    return ""


def _phone(resource: Mapping[str, Any]) -> str:
    found = [
        each for each in resource.get("telecom", []) if each.get("system") == "phone" and each.get("value")
    ]
    return str(found[0]["value"])[:40] if found else ""


def _extensions(resource: Mapping[str, Any], url: str) -> list[dict[str, Any]]:
    return [each for each in resource.get("extension", []) if each.get("url") == url]


def content_of(resource: Mapping[str, Any]) -> bytes:
    """What makes a resource the same when it comes again: all of it but what a new export makes anew.

    That is its id, its meta and its text, and addresses that hold only inside one file.
    """
    own = {key: value for key, value in resource.items() if key not in _NOT_ONES_OWN}
    text = json.dumps(own, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return _LOCAL.sub('"reference":""', text).encode()


_LOCAL = re.compile(r'"reference":"urn:(?:uuid|oid):[^"\\]*"')


def _identifiers(resource: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = resource.get("identifier", [])
    return [(str(each.get("system", "")), str(each["value"])) for each in found if each.get("value")]


def _name(resource: Mapping[str, Any]) -> str:
    names = sorted(resource.get("name", []), key=lambda each: each.get("use") not in ("usual", "official"))
    for each in names:
        parts = [*each.get("given", []), each.get("family", "")]
        written = each.get("text") or " ".join(str(part) for part in parts if part)
        if written.strip():
            return str(written).strip()[:200]
    return ""


def _language(resource: Mapping[str, Any]) -> str:
    """The language in which to write to the person: the preferred one, English where none is given."""
    spoken = sorted(resource.get("communication", []), key=lambda each: not each.get("preferred", False))
    for each in spoken:
        for coding in each.get("language", {}).get("coding", []):
            primary = str(coding.get("code", "")).split("-")[0].lower()
            if _LANGUAGE.fullmatch(primary):
                return primary
    return "en"
