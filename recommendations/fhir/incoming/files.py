"""Taking in a file of FHIR R4: what was judged in the first look is read again and stored, or nothing is."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from clinic.actor import Actor
from clinic.imports.arrivals import Placed
from clinic.imports.refused import ImportRefused, Reason
from clinic.imports.store import Piece
from clinic.imports.take_in import EVERYBODY, Parcel, Taken, take_in
from clinic.models.patient import Patient
from recommendations.fhir.incoming import answers, persons
from recommendations.fhir.incoming.facts import fact_of
from recommendations.fhir.incoming.numbers import number_of
from recommendations.fhir.incoming.reading import Entry
from recommendations.fhir.incoming.scan import Report, Scan, counted, is_used, name_of


def store(
    found: Scan,
    *,
    into: Patient | None,
    consent_record: str,
    by: Actor,
    at: dt.datetime,
    report: Report,
    dry_run: bool = False,
) -> Taken:
    """Store a file that was looked through, in one transaction. Raises ImportRefused with every reason."""
    _check(found, into)
    digest = digest_of(found.path)

    def pieces(placed: Mapping[str, Placed]) -> Iterator[Piece]:
        with found.path.open("rb") as stream:
            for entry in counted(stream, report):
                if is_used(entry.resource):
                    who = _who(entry, found, placed)
                    if who is None:
                        parcel.unused[entry.resource["resourceType"]] += 1
                    else:
                        yield _piece(entry, who, found, at=at)
        if digest_of(found.path) != digest:
            raise ImportRefused([Reason("", _("the file changed while it was read"))])

    parcel = Parcel(
        format=found.format,
        digest=digest,
        people=found.people,
        into=into,
        pieces=pieces,
        consent_record=consent_record,
        unused=found.unused.copy(),
    )
    return take_in(parcel=parcel, by=by, at=at, dry_run=dry_run)


def _check(found: Scan, into: Patient | None) -> None:
    """Raises ImportRefused for everything that the first look found, and where it is not clear whose the file is."""
    reasons = list(found.reasons)
    if found.more_reasons:
        reasons.append(Reason("", _("and %(count)d more") % {"count": found.more_reasons}))
    if not reasons and not found.people and into is None:
        reasons.append(Reason("", _("it holds no Patient: say whose record it belongs to")))
    if into is not None and len(found.people) > 1:
        reasons.append(Reason("", _("it holds several Patients, and one record was named")))
    if reasons:
        raise ImportRefused(reasons)


def _who(entry: Entry, found: Scan, placed: Mapping[str, Placed]) -> Placed | None:
    """Whose record a resource belongs to; None for one that names nobody in a file about several people."""
    if not found.people:
        return placed[EVERYBODY]
    if entry.resource["resourceType"] == "Patient":
        return placed[str(entry.number)]
    reference = persons.reference_of(entry.resource)
    if reference:
        key = persons.looked_up(reference, found.addresses)
        if key is None:
            raise ImportRefused([Reason(name_of(entry), _("it is about somebody who is not in this file"))])
        return placed[key]
    several = len({each.patient.pk for each in placed.values()}) > 1
    if several and entry.resource["resourceType"] not in persons.ABOUT_NOBODY:
        raise ImportRefused(
            [Reason(name_of(entry), _("it does not say whom of the people in this file it is about"))]
        )
    return None if several else next(iter(placed.values()))


def _piece(entry: Entry, who: Placed, found: Scan, *, at: dt.datetime) -> Piece:
    """The resource as it is kept, with what is drawn from it. What repeats a form of the file counts with the form."""
    resource, patient = entry.resource, who.patient
    kind = resource["resourceType"]
    repeats = kind == "Observation" and answers.comes_from(resource, found.responses)
    counts = kind == "Observation" and not repeats
    return Piece(
        who=who,
        resource_type=kind,
        content=persons.content_of(resource),
        body=entry.text,
        fact=fact_of(resource),
        number=number_of(resource, zone=patient.zone, at=at) if counts else None,
        answered=answers.answered_of(resource, patient) if kind == "QuestionnaireResponse" else None,
        said=None if repeats else answers.said_in(resource, patient),
    )


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sharing_responses(found: Sequence[Scan]) -> Sequence[Scan]:
    """The same looks, each knowing the answered forms of all files that will be taken in: one is counted once."""
    responses = set().union(*(each.responses for each in found if not each.reasons))
    for each in found:
        each.responses = responses
    return found
