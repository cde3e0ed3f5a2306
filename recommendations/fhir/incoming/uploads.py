"""A file that a psychologist brings in by the browser: FHIR or a table of numbers, seen by how it begins."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic.actor import Actor
from clinic.imports import table
from clinic.imports.numbers import FORMAT, take_in_numbers
from clinic.imports.refused import ImportRefused
from clinic.imports.take_in import write_refusal
from clinic.models.patient import Patient
from recommendations.fhir.incoming import files
from recommendations.fhir.incoming.scan import scan

FHIR = "fhir-r4"


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a file: the records that it is about, and its resources or numbers by kind.

    `drawn` are the facts, numbers and forms that stand in the records now because of it.
    """

    records: tuple[str, ...]
    fresh_records: frozenset[str]
    new: Mapping[str, int]
    known: Mapping[str, int]
    unused: Mapping[str, int]
    drawn: Mapping[str, int]
    consents: int


def take_in_file(
    *, path: Path, into: Patient | None, consent_record: str, by: Actor, at: dt.datetime
) -> Summary:
    """Take in a file, all of it or nothing. Raises ImportRefused with every reason; the refusal is in the log."""
    is_table = not begins_as_json(path)
    try:
        take = _numbers if is_table else _fhir
        return take(path, into, consent_record, by, at)
    except ImportRefused as refused:
        reasons = len(refused.reasons)
        form, about = FORMAT if is_table else FHIR, refused.about or into
        write_refusal(format=form, reasons=reasons, by=by, at=at, patient=about)
        raise


def begins_as_json(path: Path) -> bool:
    """Whether a file is FHIR rather than a table: a table begins with the name of a column."""
    with path.open("rb") as stream:
        start = stream.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    return not start.lower().startswith(tuple(name.encode() for name in (*table.REQUIRED, *table.OPTIONAL)))


def _fhir(path: Path, into: Patient | None, consent_record: str, by: Actor, at: dt.datetime) -> Summary:
    found = scan(path, report=_quiet)
    taken = files.store(found, into=into, consent_record=consent_record, by=by, at=at, report=_quiet)
    return Summary(
        records=tuple(each.patient.record_number for each in taken.people),
        fresh_records=frozenset(each.patient.record_number for each in taken.people if each.is_new),
        new=taken.new,
        known=taken.known,
        unused=taken.unused,
        drawn=taken.drawn,
        consents=taken.consents,
    )


def _numbers(path: Path, into: Patient | None, consent_record: str, by: Actor, at: dt.datetime) -> Summary:
    taken = take_in_numbers(
        table=table.read(path, at=at),
        digest=files.digest_of(path),
        into=into,
        consent_record=consent_record,
        by=by,
        at=at,
    )
    return Summary(
        records=taken.people,
        fresh_records=frozenset(),
        new={FORMAT: taken.new},
        known={FORMAT: taken.known},
        unused={},
        drawn={"numbers": taken.new},
        consents=taken.consents,
    )


def _quiet(_read: int, _count: int) -> None:
    """A browser waits; nobody is told how far it is."""
