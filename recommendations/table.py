"""The numbers of one record as a CSV: the columns of a table that is imported, then what helps to read them."""

import csv
import datetime as dt
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple, dataclass, fields

from clinic.models.consent import Source
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from recommendations.fhir.outgoing.numbers import UNITS, moment, number

CONTENT_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Line:
    """One number that stands. `local_date` is the day it counts for where the person lives; the zone says where.

    `as_of` is when the table was made: whatever was corrected or came later is not in it.
    """

    record_number: str
    signal: str
    value: int | float
    happened_at: str
    unit: str
    source: str
    local_date: str
    zone: str
    as_of: str


COLUMNS = tuple(field.name for field in fields(Line))


def of_patient(patient: Patient, *, sources: Collection[Source], at: dt.datetime) -> list[Line]:
    """The numbers of these sources, the same that chart and table are made of, in the order of time: one query."""
    rows = Observation.objects.filter(patient=patient, source__in=sources, superseded_at=None)
    rows = rows.select_related("check_in").order_by("happened_at", "id")
    return [_line(row, patient, at=at) for row in rows]


def _line(row: Observation, patient: Patient, *, at: dt.datetime) -> Line:
    zone = row.check_in.zone if row.check_in else patient.zone
    return Line(
        record_number=patient.record_number,
        signal=row.signal,
        value=number(row.value),
        happened_at=moment(row.happened_at, zone=zone),
        unit=UNITS[Signal(row.signal)][0],
        source=row.source,
        local_date=row.local_date.isoformat(),
        zone=zone,
        as_of=moment(at.replace(microsecond=0), zone=patient.zone),
    )


def written(lines: Iterable[Line]) -> Iterator[str]:
    """The text, line by line, with the names of the columns first."""
    yield _joined(COLUMNS)
    for line in lines:
        yield _joined(astuple(line))


def _joined(values: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()
