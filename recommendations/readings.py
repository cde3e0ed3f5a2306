"""Mood readings as rows: made from what scoring returns, and read back as they were stored."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clinic.models.patient import Patient
from recommendations.models.reading import MoodReading
from recommendations.models.release import ModelRelease
from recommendations.scoring.direction import Direction
from recommendations.scoring.evidence import HeldBack
from recommendations.scoring.reading import ChunkReading

LATE_AFTER = dt.timedelta(hours=26)
"""A daily run, and two hours in which it may be done; our choice."""


def rows_of(chunk: ChunkReading, *, patients: Sequence[Patient], release: ModelRelease) -> list[MoodReading]:
    """One unsaved row for each patient and day of the chunk; the facts stand on the last day's row alone."""
    last = len(chunk.days) - 1
    return [
        _row(chunk, number, column, patient=patient, release=release, with_facts=column == last)
        for number, patient in enumerate(patients)
        for column in range(len(chunk.days))
        if chunk.evidence.held_back[number, column, 0] != HeldBack.NO_DATA
    ]


def _row(
    chunk: ChunkReading,
    number: int,
    column: int,
    *,
    patient: Patient,
    release: ModelRelease,
    with_facts: bool,
) -> MoodReading:
    place = (number, column, 0)
    figures, evidence = chunk.figures, chunk.evidence
    held_back = HeldBack(int(evidence.held_back[place]))
    return MoodReading(
        patient=patient,
        release=release,
        as_of=dt.date.fromordinal(chunk.days[column]),
        level=known(figures.level[place]),
        lower=known(figures.low[place]),
        upper=known(figures.high[place]),
        usual_low=known(figures.usual_low[place]),
        usual_high=known(figures.usual_high[place]),
        days_of_evidence=int(evidence.history_days[place]),
        held_back="" if held_back is HeldBack.NONE else held_back.name.lower(),
        direction=Direction(int(figures.direction[place])).name.lower(),
        facts=_facts(chunk, number) if with_facts else None,
        inputs_digest=chunk.inputs_digests[number][column],
        digest=chunk.reading_digests[number][column],
    )


def _facts(chunk: ChunkReading, number: int) -> dict[str, Any]:
    return {name: known(float(column[number, 0])) for name, column in _columns(chunk).items()}


def _columns(chunk: ChunkReading) -> dict[str, Any]:
    return {name: getattr(chunk.facts, name) for name in chunk.facts.__dataclass_fields__}


def known(value: float) -> float | None:
    """A figure, or None where scoring left it open."""
    return None if math.isnan(value) else float(value)


def latest(patient_ids: Iterable[UUID]) -> dict[UUID, MoodReading]:
    """The newest reading of each patient: one query."""
    rows = MoodReading.objects.filter(patient__in=set(patient_ids)).order_by("patient", "-as_of", "-id")
    return {row.patient_id: row for row in rows.distinct("patient").select_related("release")}


def series(patient_ids: Iterable[UUID], *, since: dt.date) -> QuerySet[MoodReading]:
    """The readings from `since` on, one a day, as they were stored: patient by patient, day by day."""
    rows = MoodReading.objects.filter(patient__in=set(patient_ids), as_of__gte=since)
    return rows.order_by("patient", "as_of", "-id").distinct("patient", "as_of")


def newest_at() -> dt.datetime | None:
    """When the newest reading of anybody was made: one query on the primary key, however many there are."""
    newest = MoodReading.objects.order_by("-id").values_list("recorded_at", flat=True)
    return newest.first()


def is_late(newest: dt.datetime | None, *, at: dt.datetime) -> bool:
    """Whether scoring is late: it runs once a day, and no reading is younger than a day and two hours."""
    return newest is None or at - newest > LATE_AFTER
