"""One Bundle of everything: in a fixed order, each resource once, written piece by piece."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recommendations.fhir.outgoing.terms import SYNTHETIC, Resource, stable, urn

CONTENT_TYPE = "application/fhir+json"

ORDER = (
    "Patient",
    "Practitioner",
    "Device",
    "Questionnaire",
    "Consent",
    "Observation",
    "QuestionnaireResponse",
    "CarePlan",
    "Provenance",
)
"""What others point to comes first; types that are not in it follow by name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource and its address in the bundle."""

    url: str
    resource: Resource


@dataclass(frozen=True, slots=True)
class Bundle:
    """A record on its way out."""

    id: str
    made_at: dt.datetime
    entries: tuple[Entry, ...]
    synthetic: bool
    content_type: str = CONTENT_TYPE

    def chunks(self) -> Iterator[str]:
        """The JSON text, one resource after the other."""
        head = {
            "resourceType": "Bundle",
            "id": self.id,
            **({"meta": {"security": [SYNTHETIC]}} if self.synthetic else {}),
            "type": "collection",
            "timestamp": self.made_at.isoformat(timespec="seconds"),
        }
        yield written(head)[:-1] + ',"entry":[\n'
        for number, entry in enumerate(self.entries):
            piece = written({"fullUrl": entry.url, "resource": entry.resource})
            yield f",\n{piece}" if number else piece
        yield "\n]}\n"


def bundle(entries: Iterable[Entry], *, number: object, at: dt.datetime, synthetic: bool) -> Bundle:
    """The entries in their order; of two with one address the first stays. `number` is the patient's id."""
    once: dict[str, Entry] = {}
    for entry in entries:
        once.setdefault(entry.url, entry)
    ordered = tuple(sorted(once.values(), key=_place))
    return Bundle(stable("bundle", number), at, ordered, synthetic)


def own(resource: Resource) -> Entry:
    """One of our own resources: its id is its address."""
    return Entry(urn(resource["id"]), resource)


def _place(entry: Entry) -> tuple[int, str, str, str]:
    kind = entry.resource["resourceType"]
    rank = ORDER.index(kind) if kind in ORDER else len(ORDER)
    when = entry.resource.get("effectiveDateTime") or entry.resource.get("authored") or ""
    return rank, kind, str(when), entry.url


def written(value: object) -> str:
    """JSON as it leaves: no space that nobody needs, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
