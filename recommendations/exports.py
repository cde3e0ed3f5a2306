"""Taking a record out of the clinic: as a FHIR bundle or as a table of its numbers. Each is one audit entry, which the
patient reads under "who has looked"."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction

from clinic import consent, keys
from clinic.actor import Actor, log
from clinic.clock import local_date
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from recommendations import publications, table
from recommendations.fhir.outgoing import record
from recommendations.fhir.outgoing.bundle import CONTENT_TYPE


@dataclass(frozen=True, slots=True)
class Export:
    """One file: its name, which says no more than number and day, what it is, its text piece by piece.

    `left_out` are the sources that the patient shares with nobody.
    """

    name: str
    content_type: str
    chunks: Iterator[str]
    count: int
    left_out: tuple[Source, ...]


@transaction.atomic
def fhir(*, patient: Patient, by: Actor, at: dt.datetime) -> Export:
    """The record as one FHIR R4 bundle. Raises clinic.keys.CannotOpen where its words cannot be opened."""
    ring, sources = keys.ring([patient.pk]), shared(patient)
    leaving = publications.for_export(patient, ring, at=at)
    made = record.of_patient(patient, ring, leaving=leaving, sources=sources, at=at)
    _log(patient, "fhir", len(made.entries), by=by, at=at)
    return Export(
        name=f"{_name(patient, at=at)}.json",
        content_type=CONTENT_TYPE,
        chunks=made.chunks(),
        count=len(made.entries),
        left_out=_others(sources),
    )


@transaction.atomic
def numbers(*, patient: Patient, by: Actor, at: dt.datetime) -> Export:
    """The numbers that stand as a table for a spreadsheet."""
    sources = shared(patient)
    lines = table.of_patient(patient, sources=sources, at=at)
    _log(patient, "csv", len(lines), by=by, at=at)
    return Export(
        name=f"{_name(patient, at=at)}.csv",
        content_type=table.CONTENT_TYPE,
        chunks=table.written(lines),
        count=len(lines),
        left_out=_others(sources),
    )


def shared(patient: Patient) -> frozenset[Source]:
    """What the patient shares with their psychologist. What they keep for themselves is in no export of the clinic."""
    choices = consent.choices(patient)
    return frozenset(each.source for each in choices if each.purpose is Purpose.SHARE and each.given)


def _others(sources: Collection[Source]) -> tuple[Source, ...]:
    return tuple(source for source in Source if source not in sources)


def _name(patient: Patient, *, at: dt.datetime) -> str:
    return f"{patient.record_number}-{local_date(at=at, zone=patient.zone).isoformat()}"


def _log(patient: Patient, form: str, count: int, *, by: Actor, at: dt.datetime) -> None:
    facts = {"format": form, "count": count}
    log("record_exported", by=by, at=at, patient=patient, subject=patient, facts=facts)
