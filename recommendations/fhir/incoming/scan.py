"""The first look at a file: every resource is judged and every person noted before anything is stored."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.imports.arrivals import Arrival
from clinic.imports.refused import Reason
from recommendations.fhir import validate
from recommendations.fhir.incoming import answers, persons
from recommendations.fhir.incoming.reading import Entry, entries
from recommendations.fhir.incoming.window import Unreadable

USED = frozenset(
    {
        "Patient",
        "Observation",
        "QuestionnaireResponse",
        "Questionnaire",
        "Condition",
        "MedicationRequest",
        "AllergyIntolerance",
        "CarePlan",
        "Consent",
        "Provenance",
        "Device",
        "Practitioner",
    }
)
"""Types that are kept. Others are valid FHIR too; they are counted and left out."""

MOST_REASONS, MOST_PEOPLE = 10_000, 50_000
"""More reasons than anybody reads, and more people than one file has: both are held in memory."""

STEP = 250
"""Entries between two reports."""

Report = Callable[[int, int], None]
"""Called with the octets that were read and the resources that were seen."""


@dataclass
class Scan:
    """What a file holds. `reasons` says why it cannot be taken in; `more_reasons` counts those that are not listed."""

    path: Path
    format: str = "fhir-r4"
    seen: Counter[str] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    people: dict[str, Arrival] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    spoken_of: dict[str, str] = field(default_factory=dict)
    responses: set[str] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)
    more_reasons: int = 0

    def refuse(self, place: str, words: str) -> None:
        """Note a reason; the first ten thousand are listed."""
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(Reason(place, words))
        else:
            self.more_reasons += 1


def scan(path: Path, *, report: Report) -> Scan:
    """Read and judge a whole file; it never raises for what the file holds, the reasons are in the answer."""
    found = Scan(path)
    number = 0
    with path.open("rb") as stream:
        try:
            for entry in counted(stream, report):
                number = entry.number
                _look(found, entry)
        except Unreadable as error:
            found.refuse(_("after resource %(number)d") % {"number": number} if number else "", str(error))
    _check_people(found)
    return found


def counted(stream: BinaryIO, report: Report) -> Iterator[Entry]:
    """The entries of a stream, with a report now and then and one at the end."""
    number = 0
    for entry in entries(stream):
        number = entry.number
        if number % STEP == 0:
            report(stream.tell(), number)
        yield entry
    report(stream.tell(), number)


def is_used(resource: Mapping[str, Any]) -> bool:
    """Whether this resource is kept: of a type that is, and about a person where it is about anybody."""
    return resource["resourceType"] in USED and persons.is_about_a_person(persons.reference_of(resource))


def name_of(entry: Entry) -> str:
    """What a resource is called in a list of reasons: its type, its id and its place in the file."""
    number = str(entry.resource.get("id", ""))[:64]
    called = f"{str(entry.resource['resourceType'])[:40]}/{number}"
    return _("%(resource)s (resource %(number)d)") % {"resource": called, "number": entry.number}


def _look(found: Scan, entry: Entry) -> None:
    kind = str(entry.resource["resourceType"])
    if not validate.is_type(kind):
        found.refuse(name_of(entry), _("it is not a resource type of FHIR R4"))
        return
    found.seen[kind] += 1
    if not is_used(entry.resource):
        found.unused[kind] += 1
        return
    faults = validate.faults(entry.resource)
    for path, words in faults:
        found.refuse(f"{name_of(entry)}, {path}" if path else name_of(entry), words)
    if faults:
        return
    if kind == "QuestionnaireResponse" and answers.instrument_of(entry.resource):
        found.responses.update(answers.addresses_of(entry.resource, entry.full_url))
    if kind == "Patient":
        _note_person(found, entry)
    elif (reference := persons.reference_of(entry.resource)) and len(found.spoken_of) < MOST_PEOPLE:
        found.spoken_of.setdefault(reference, name_of(entry))


def _note_person(found: Scan, entry: Entry) -> None:
    key = f"{entry.number}"
    try:
        arrival = persons.arrival_of(entry.resource)
    except ValueError as error:
        found.refuse(name_of(entry), str(error))
        return
    if len(found.people) >= MOST_PEOPLE:
        found.refuse(name_of(entry), _("it holds more people than can be taken in at once"))
        return
    found.people[key] = arrival
    for address in persons.addresses_of(entry.resource, entry.full_url):
        found.addresses.setdefault(address, key)


def _check_people(found: Scan) -> None:
    """Whoever is spoken of must be in the file; a file without people is about one person."""
    if found.people:
        for reference, place in found.spoken_of.items():
            if persons.looked_up(reference, found.addresses) is None:
                found.refuse(place, _("it is about somebody who is not in this file"))
    elif len(found.spoken_of) > 1:
        words = ngettext(
            "this file names no Patient and is about %(count)d person",
            "this file names no Patient and is about %(count)d people",
            len(found.spoken_of),
        )
        found.refuse("", words % {"count": len(found.spoken_of)})
