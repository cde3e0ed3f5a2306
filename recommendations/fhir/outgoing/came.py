"""What came from another system leaves as it came, word for word. Only its references are made to fit this bundle."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from clinic.keys import Ring
from clinic.models.imported import ImportedResource
from recommendations.fhir.outgoing.bundle import Entry
from recommendations.fhir.outgoing.terms import Resource, is_uuid, stable, urn

Known = Callable[[str], str | None]

ABOUT = ("subject", "patient")
"""The elements that say whom a resource is about."""

_TYPED = re.compile(r"([A-Z][A-Za-z]+)[/?]")


def resources(rows: Iterable[ImportedResource], ring: Ring) -> list[Resource]:
    """The resources as they came, opened. Raises clinic.keys.CannotOpen."""
    return [json.loads(row.unseal(ring, "body")) for row in rows]


def entries(came: Iterable[Resource], *, held: Iterable[Entry], subject: str) -> list[Entry]:
    """One entry for each. `held` are those of our own that references may lead to, `subject` the Patient's id."""
    placed = [Entry(_address(resource), resource) for resource in came]
    known = _addresses([*held, *placed])
    return [Entry(entry.url, _about(_fitted(entry.resource, known.get), subject=subject)) for entry in placed]


def _address(resource: Resource) -> str:
    """Its id where that is a UUID; else one made of type and id, the same in every export."""
    number = resource.get("id")
    if is_uuid(number):
        return urn(number)
    return urn(stable("came", resource["resourceType"], number or json.dumps(resource, sort_keys=True)))


def _addresses(placed: Iterable[Entry]) -> dict[str, str]:
    """Every way in which a resource of this bundle may be named, and its address."""
    found: dict[str, str] = {}
    for entry in placed:
        number = entry.resource.get("id")
        for name in (entry.url, urn(number), f"{entry.resource['resourceType']}/{number}"):
            found.setdefault(name, entry.url)
    return found


def _fitted(value: Any, known: Known) -> Any:
    """The same value, in which each reference leads into the bundle or says plainly that it does not."""
    if isinstance(value, list):
        return [_fitted(each, known) for each in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _fitted(each, known) for name, each in value.items()}
    named = inner.get("reference")
    return _led(inner, named, known) if isinstance(named, str) else inner


def _led(reference: dict[str, Any], named: str, known: Known) -> dict[str, Any]:
    """A reference to what is here; one that is contained or leads to a server as it is; any other as an identifier."""
    address = known(named.split("/_history/", maxsplit=1)[0])
    if address:
        return reference | {"reference": address}
    if named.startswith(("#", "http://", "https://")):
        return reference
    rest = {name: each for name, each in reference.items() if name != "reference"}
    typed = _TYPED.match(named)
    logical = {"system": "urn:ietf:rfc:3986", "value": named}
    return ({"type": typed[1]} if typed else {}) | {"identifier": logical} | rest


def _about(resource: Resource, *, subject: str) -> Resource:
    """Whoever took it in said whose record it belongs to: where it names a Patient who is not here, it is this one."""
    for name in ABOUT:
        target = resource.get(name)
        if isinstance(target, dict) and "reference" not in target and target.get("type") == "Patient":
            resource = resource | {name: {"reference": urn(subject)}}
    return resource
