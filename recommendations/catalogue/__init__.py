"""The catalogue: each intervention as a file of versioned data, and its registration in the database.

A file that changes needs a new version: the same version with other words is refused.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.screening import CONDITIONS
from recommendations.models.intervention import Intervention

FOLDER = Path(__file__).parent

KINDS: dict[str, StrOrPromise] = {"Activity": _("Activity"), "Calming": _("Calming")}


class CatalogueError(ValueError):
    """A file of the catalogue is not as it must be; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Contraindication:
    """A condition under which an intervention is not offered; unknown blocks too where it must be known."""

    condition: str
    must_be_known: bool


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One intervention as its file has it."""

    code: str
    version: str
    language: str
    kind: str
    title: str
    words: str
    dose: str
    stop_rule: str
    indication: str
    contraindications: tuple[Contraindication, ...]
    caution: str
    sources: tuple[str, ...]
    digest: str
    body: dict[str, Any]


@cache
def entries() -> dict[str, CatalogueEntry]:
    """Every intervention of the shipped catalogue by code."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
    return {entry.code: entry for entry in found}


def _read(path: Path) -> CatalogueEntry:
    body = json.loads(path.read_text(encoding="utf-8"))
    unknown = [each["condition"] for each in body["contraindications"] if each["condition"] not in CONDITIONS]
    if unknown:
        raise CatalogueError(f"{path.name} names unknown conditions: {', '.join(unknown)}.")
    return of_body(body)


def of_body(body: dict[str, Any]) -> CatalogueEntry:
    """The entry that a file or a stored version holds."""
    fields = {key: value for key, value in body.items() if key not in {"contraindications", "sources"}}
    return CatalogueEntry(
        **fields,
        contraindications=tuple(Contraindication(**each) for each in body["contraindications"]),
        sources=tuple(body["sources"]),
        digest=hashlib.sha256(rfc8785.dumps(body)).hexdigest(),
        body=body,
    )


def name_of(code: str) -> str:
    """What professionals call an intervention, from its code: "Planned walk". Part of the catalogue, not translated."""
    return code.replace("_", " ").capitalize()


def register() -> dict[str, Intervention]:
    """Store every version that is not stored yet and return the rows of the present versions by code.

    Raises CatalogueError when a stored version has other words than the file.
    """
    rows = {}
    for code, entry in entries().items():
        row, _made = Intervention.objects.get_or_create(
            code=code, version=entry.version, defaults={"digest": entry.digest, "body": entry.body}
        )
        if row.digest != entry.digest:
            raise CatalogueError(f"{code} {entry.version} was changed without a new version.")
        rows[code] = row
    return rows
