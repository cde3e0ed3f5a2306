"""The catalogue: interventions as versioned data. What a clinic uses of it is another question: see `texts`.

catalogue.entries()       what the program brings, one file each; unsigned until a psychologist here signs it
catalogue.texts           what this clinic has: versions, signatures, withdrawals, and which text stands
catalogue.write           a new version, a signature, a withdrawal
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.activities import ACTIVITIES
from clinic.screening import CONDITIONS

FOLDER = Path(__file__).parent

KINDS: dict[str, StrOrPromise] = {
    "Activity": _("Activity"),
    "Calming": _("Calming"),
    "Sleep": _("Sleep"),
    "Thinking": _("Thinking"),
    "People": _("People"),
}

LEVELS: dict[str, StrOrPromise] = {
    "concern": _("Concern: a line for the psychologist"),
    "urgent": _("Urgent: an alert in the safety list"),
}
"""What a stop sign opens beside hiding the step. An urgent one pages whoever is on call."""

CARDS: dict[str, StrOrPromise] = {
    "": _("None"),
    "medical_emergency": _("Medical emergency"),
    "abuse": _("Abuse"),
    "crisis": _("Crisis"),
}
"""The help card that the person is shown at once for a stop sign."""


class CatalogueError(ValueError):
    """A text is not as it must be; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Contraindication:
    """A condition under which an intervention is not offered; unknown blocks too where it must be known."""

    condition: str
    must_be_known: bool


@dataclass(frozen=True, slots=True)
class StopSign:
    """Something bad that may happen: its code, the person's words for it, and what reporting it opens (SR-84)."""

    code: str
    words: str
    level: str = "concern"
    card: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One version of one intervention."""

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
    body: dict[str, Any] = field(repr=False)
    cautions: tuple[str, ...] = ()
    stop_signs: tuple[StopSign, ...] = ()
    ask_after_use: bool = False
    rank: int = 1
    outcome: str = ""
    licence: str = ""
    activities: tuple[str, ...] | None = None


@cache
def entries() -> dict[str, CatalogueEntry]:
    """Every intervention that the program brings, by code. Nobody has signed one by that."""
    found = [of_body(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.json"))]
    return {entry.code: entry for entry in found}


def of_body(body: dict[str, Any]) -> CatalogueEntry:
    """The entry that a file or a stored version holds. Raises CatalogueError for a condition or an activity that
    nobody knows."""
    named = [*(each["condition"] for each in body["contraindications"]), *body.get("cautions", ())]
    if unknown := set(named) - set(CONDITIONS):
        raise CatalogueError(f"{body['code']} names unknown conditions: {', '.join(sorted(unknown))}.")
    if unknown := set(body.get("activities", ())) - set(ACTIVITIES):
        raise CatalogueError(f"{body['code']} names unknown activities: {', '.join(sorted(unknown))}.")
    parts = {
        "contraindications": tuple(Contraindication(**each) for each in body["contraindications"]),
        "sources": tuple(body["sources"]),
        "cautions": tuple(body.get("cautions", ())),
        "stop_signs": tuple(StopSign(**each) for each in body.get("stop_signs", ())),
        "activities": tuple(body["activities"]) if "activities" in body else None,
    }
    return CatalogueEntry(**(body | parts), digest=digest_of(body), body=body)


def digest_of(body: dict[str, Any]) -> str:
    """SHA-256 over the canonical bytes of a text: what a signature for use covers. No person is in it."""
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def name_of(code: str) -> str:
    """What professionals call an intervention, from its code: "Planned walk". Part of the catalogue, not translated."""
    return code.replace("_", " ").capitalize()
