"""Is an export valid? Every layer that decision 31 names, one function each; each returns faults as sentences."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

from recommendations.fhir.validate import refusals
from tests.fhir.definitions import ELEMENTS

Bundle = dict[str, Any]
Resource = dict[str, Any]
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def faults(bundle: Bundle, *, strangers: frozenset[str] = frozenset()) -> list[str]:
    """Everything that is wrong with a bundle. `strangers` are ids of resources that came from elsewhere: what is
    wrong with their own insides is the sender's."""
    found = list(_envelope(bundle))
    for resource in resources(bundle):
        if resource.get("id") not in strangers:
            for layer in LAYERS:
                found += [f"{resource['resourceType']}: {fault}" for fault in layer(resource)]
    return found + list(_references(bundle))


def resources(bundle: Bundle) -> list[Resource]:
    """The resources of a bundle."""
    return [entry["resource"] for entry in bundle["entry"]]


def by_schema_and_classes(resource: Resource) -> Iterator[str]:
    """The R4 JSON schema and fhir.resources' R4B, as imports are judged."""
    yield from (f"{each.path} {each.reason}" for each in refusals(resource))


def by_definitions(resource: Resource) -> Iterator[str]:
    """How often, which values, which targets."""
    for path, rule in ELEMENTS.items():
        kind, *steps = path.split(".")
        if kind != resource["resourceType"]:
            continue
        for parent in _at(resource, steps[:-1]):
            values = _listed(parent.get(steps[-1]))
            if not rule.least <= len(values) <= rule.most:
                yield f"{path} stands {len(values)} times"
            if rule.values and not set(values) <= rule.values:
                yield f"{path} has a value that is not bound"


def _at(value: Resource, steps: list[str]) -> list[Resource]:
    found = [value]
    for step in steps:
        found = [each for parent in found for each in _listed(parent.get(step)) if isinstance(each, dict)]
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def by_invariants(resource: Resource) -> Iterator[str]:
    """Those of R4's invariants that our resources could break."""
    kind = resource["resourceType"]
    if kind == "Consent" and not (resource.get("policy") or resource.get("policyRule")):
        yield "ppc-1: neither policy nor policyRule"
    if kind == "Observation":
        yield from _of_observations(resource)
    if kind == "CarePlan" and any(
        "detail" in each and "reference" in each for each in resource.get("activity", [])
    ):
        yield "cpl-3: an activity has both detail and reference"
    for name, value in _walk(resource):
        if isinstance(value, dict):
            yield from _of_parts(name, value)
        if value in ("", None) or value == [] or value == {}:
            yield f"{name} is empty"


def _of_observations(resource: Resource) -> Iterator[str]:
    has_value = any(name.startswith("value") for name in resource)
    if has_value and "dataAbsentReason" in resource:
        yield "obs-6: a value and a reason why there is none"
    codes = _codes(resource["code"]) if isinstance(resource.get("code"), dict) else set()
    inner = [code for each in resource.get("component", []) for code in _codes(each["code"])]
    if has_value and codes & set(inner):
        yield "obs-7: a component has the code of the whole"


def _codes(concept: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each.get("system", ""), each.get("code", "")) for each in concept.get("coding", [])}


def _of_parts(name: str, value: dict[str, Any]) -> Iterator[str]:
    if "start" in value and "end" in value and _begins(value["end"]) < _begins(value["start"]):
        yield f"per-1: {name} ends before it starts"
    if "code" in value and "unit" in value and "system" not in value:
        yield f"qty-3: {name} has a code without a system"
    if "extension" in value and any("extension" in each and _has_value(each) for each in value["extension"]):
        yield f"ext-1: an extension of {name} has both a value and extensions"
    if name == "referenceRange" and not {"low", "high", "text"} & set(value):
        yield "obs-3: an empty reference range"


def _has_value(extension: dict[str, Any]) -> bool:
    return any(name.startswith("value") for name in extension)


def _begins(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def _walk(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    yield name, value
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(each, key)
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, name)


def _envelope(bundle: Bundle) -> Iterator[str]:
    yield from (f"Bundle: {each.path} {each.reason}" for each in refusals(bundle))
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(urls)) != len(urls):
        yield "bdl-7: two entries have one fullUrl"
    yield from (f"{url} is no UUID" for url in urls if not URN.fullmatch(url))
    if bundle["type"] != "collection":
        yield "the bundle is no collection"


def _references(bundle: Bundle) -> Iterator[str]:
    """Each leads into the bundle, or to a server, and to a type that may stand there."""
    types = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    for resource in resources(bundle):
        kind = resource["resourceType"]
        for path, reference in _named(resource, kind):
            if reference not in types and not reference.startswith(("#", "http://", "https://")):
                yield f"{path} leads nowhere: {reference}"
            rule = ELEMENTS.get(path)
            if rule and rule.targets and types.get(reference, next(iter(rule.targets))) not in rule.targets:
                yield f"{path} may not lead to a {types[reference]}"


def _named(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _named(each, path)
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield path, value["reference"]
        for name, each in value.items():
            yield from _named(each, f"{path}.{name}")


LAYERS: tuple[Callable[[Resource], Iterator[str]], ...] = (
    by_schema_and_classes,
    by_definitions,
    by_invariants,
)
