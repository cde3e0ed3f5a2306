"""Mood readings as rows: made from what scoring returns, and read back as they were stored."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from clinic.models.patient import Patient
from recommendations.models.reading import MoodReading
from recommendations.models.release import ModelRelease
from recommendations.scoring.direction import Direction
from recommendations.scoring.evidence import HeldBack
from recommendations.scoring.reading import ChunkReading

NUMBERS = {
    "level": "level",
    "lower": "low",
    "upper": "high",
    "usual_low": "usual_low",
    "usual_high": "usual_high",
}
"""The columns of a row, and what scoring calls them."""

HELD_BACK: dict[int, str] = {code: "" if code is HeldBack.NONE else code.name.lower() for code in HeldBack}
DIRECTIONS: dict[int, str] = {code: code.name.lower() for code in Direction}

LATE_AFTER = dt.timedelta(hours=26)
"""A daily run, and two hours in which it may be done; our choice."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The arrays of a chunk as Python lists, [patient][day]: numpy hands out single numbers slowly."""

    numbers: dict[str, list[list[float]]]
    held_back: list[list[int]]
    direction: list[list[int]]
    history_days: list[list[int]]
    facts: dict[str, list[float]]


def rows_of(chunk: ChunkReading, *, patients: Sequence[Patient], release: ModelRelease) -> list[MoodReading]:
    """One unsaved row for each patient and day of the chunk; the facts stand on the last day's row alone."""
    columns = _columns(chunk)
    last = len(chunk.days) - 1
    return [
        MoodReading(
            patient_id=patient.pk,
            release_id=release.pk,
            as_of=dt.date.fromordinal(chunk.days[day]),
            **{name: known(values[number][day]) for name, values in columns.numbers.items()},
            days_of_evidence=columns.history_days[number][day],
            held_back=HELD_BACK[columns.held_back[number][day]],
            direction=DIRECTIONS[columns.direction[number][day]],
            facts={name: known(values[number]) for name, values in columns.facts.items()}
            if day == last
            else None,
            inputs_digest=chunk.inputs_digests[number][day],
            digest=chunk.reading_digests[number][day],
        )
        for number, patient in enumerate(patients)
        for day in range(len(chunk.days))
        if columns.held_back[number][day] != HeldBack.NO_DATA
    ]


def _columns(chunk: ChunkReading) -> _Columns:
    figures, evidence = chunk.figures, chunk.evidence
    return _Columns(
        numbers={name: getattr(figures, part)[:, :, 0].tolist() for name, part in NUMBERS.items()},
        held_back=evidence.held_back[:, :, 0].tolist(),
        direction=figures.direction[:, :, 0].tolist(),
        history_days=evidence.history_days[:, :, 0].tolist(),
        facts={
            name: getattr(chunk.facts, name)[:, 0].astype(float).tolist()
            for name in chunk.facts.__dataclass_fields__
        },
    )


def known(value: float) -> float | None:
    """A figure, or None where scoring left it open."""
    return None if math.isnan(value) else float(value)


def latest(patient_ids: Iterable[UUID]) -> dict[UUID, MoodReading]:
    """The newest reading of each patient: one query."""
    rows = MoodReading.objects.filter(patient__pk__among=list(patient_ids)).order_by(
        "patient", "-as_of", "-id"
    )
    return {row.patient_id: row for row in rows.distinct("patient").select_related("release")}


def series(patient_ids: Iterable[UUID], *, since: dt.date) -> QuerySet[MoodReading]:
    """The readings from `since` on, one a day, as they were stored: patient by patient, day by day."""
    rows = MoodReading.objects.filter(patient__pk__among=list(patient_ids), as_of__gte=since)
    return rows.order_by("patient", "as_of", "-id").distinct("patient", "as_of")


def newest_at() -> dt.datetime | None:
    """When the newest reading of anybody was made: one query on the primary key, however many there are."""
    newest = MoodReading.objects.order_by("-id").values_list("recorded_at", flat=True)
    return newest.first()


def is_late(newest: dt.datetime | None, *, at: dt.datetime) -> bool:
    """Whether scoring is late: it runs once a day, and no reading is younger than a day and two hours."""
    return newest is None or at - newest > LATE_AFTER
