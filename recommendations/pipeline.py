"""From observations to readings and drafts, for a chunk of patients in one transaction.

Running it again changes nothing: a reading is unique by its inputs, and the rows of the patients are locked in
one order, so that two workers with the same chunk follow each other. A worker that dies leaves nothing behind.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import transaction

from audit.copying import copy_in
from audit.record import Event, record_many
from clinic import ai, consent
from clinic.actor import SOFTWARE_ROLE
from clinic.clock import local_date
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from recommendations import releases, suggest
from recommendations.models.reading import MoodReading
from recommendations.models.release import ModelRelease
from recommendations.readings import latest, rows_of
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.reading import ChunkReading, read_chunk
from recommendations.scoring.series import daily_values

NOT_READ = (
    "name",
    "pronouns",
    "birth_date",
    "phone",
    "created_at",
    "discharged_at",
    "discharge_reason",
    "turn_to",
)
"""What scoring has no use for: nobody's words are fetched for it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What one run did: patients read, readings that are new, drafts that are new."""

    patients: int
    readings: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of patients who share a local date: columns as `daily_values` takes them."""

    patients: list[Patient]
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    first_day: int


@transaction.atomic
def score(patient_ids: Iterable[UUID], *, at: dt.datetime, history: bool = False) -> Scored:
    """Read these patients as of their own local date at `at` and draft what follows from it.

    Patients for whom AI is not allowed are left out; that is asked once their rows are locked, so that nobody's
    withdrawal or stop is overtaken (see `recommendations.permissions`). With `history` every day since the first
    check-in is read, each from that day and earlier ones only (seeding and imports; drafts follow from the last
    day alone).
    """
    rows = Patient.objects.filter(pk__among=list(patient_ids)).defer(*NOT_READ).order_by("pk")
    locked = list(rows.select_for_update(no_key=True))
    allowed = ai.allowed_patients(ai.Function.MOOD_READING, [patient.pk for patient in locked])
    patients = [patient for patient in locked if patient.pk in allowed]
    release = releases.mood()
    releases.forecast()  # registered with the readings that it stands beside, so that a page only has to name it
    fresh: list[MoodReading] = []
    for series in _series(patients, at=at):
        chunk = read_chunk(series.values, first_day=series.first_day, release=MOOD_1, history=history)
        fresh += _store(series.patients, chunk, release)
    _audit(patients, fresh, at=at)
    drafts = suggest.draft(
        {patient.pk: patient for patient in patients}, _of_today(patients, fresh, at=at), at=at
    )
    return Scored(patients=len(patients), readings=len(fresh), drafts=len(drafts))


def _series(patients: Sequence[Patient], *, at: dt.datetime) -> Iterable[Series]:
    by_day: dict[dt.date, list[Patient]] = defaultdict(list)
    for patient in patients:
        by_day[local_date(at=at, zone=patient.zone)].append(patient)
    for today, group in sorted(by_day.items()):
        if (series := _loaded(group, today)) is not None:
            yield series


def _loaded(group: list[Patient], today: dt.date) -> Series | None:
    rows = list(
        consent.for_readings(
            Observation.objects.filter(
                patient__pk__among=_ids(group), signal=Signal.MOOD, superseded_at=None, local_date__lte=today
            )
        ).values_list("patient_id", "local_date", "value")
    )
    place = {patient.pk: number for number, patient in enumerate(group)}
    first_day = min((row[1] for row in rows), default=today).toordinal()
    days = today.toordinal() - first_day + 1
    values = daily_values(
        patient=np.array([place[row[0]] for row in rows], dtype=np.int64),
        signal=np.zeros(len(rows), dtype=np.int64),
        day=np.array([row[1].toordinal() for row in rows], dtype=np.int64),
        value=np.array([row[2] for row in rows], dtype=np.float64),
        shape=(len(group), days, 1),
        first_day=first_day,
    )
    return Series(group, values, first_day) if rows else None


def _store(patients: Sequence[Patient], chunk: ChunkReading, release: ModelRelease) -> list[MoodReading]:
    rows = rows_of(chunk, patients=patients, release=release)
    if not rows:  # nobody here has had a check-in within the window that readings look at
        return []
    days = {row.as_of for row in rows}
    known = set(
        MoodReading.objects.filter(
            patient__pk__among=_ids(patients), release=release, as_of__gte=min(days), as_of__lte=max(days)
        ).values_list("patient_id", "as_of", "inputs_digest")
    )
    stored = {(patient, day, bytes(digest)) for patient, day, digest in known}
    fresh = [row for row in rows if (row.patient_id, row.as_of, bytes(row.inputs_digest)) not in stored]
    copy_in(fresh)
    _learn_ids([row for row in fresh if row.facts is not None])
    return fresh


def _learn_ids(fresh: Sequence[MoodReading]) -> None:
    """The ids of the readings of the last day, which drafts and the log name; COPY does not tell them."""
    found = MoodReading.objects.filter(
        patient__pk__among=[row.patient_id for row in fresh], as_of__in={row.as_of for row in fresh}
    )
    ids = {
        (patient, day, bytes(digest)): pk
        for pk, patient, day, digest in found.values_list("pk", "patient_id", "as_of", "inputs_digest")
    }
    for row in fresh:
        row.pk = ids[row.patient_id, row.as_of, bytes(row.inputs_digest)]


def _of_today(
    patients: Sequence[Patient], fresh: Sequence[MoodReading], *, at: dt.datetime
) -> list[MoodReading]:
    """The newest readings that are of the patient's own today: new ones and those of an earlier run alike."""
    made = {reading.patient_id: reading for reading in fresh if reading.facts is not None}
    newest = latest([patient.pk for patient in patients if patient.pk not in made]) | made
    today = {patient.pk: local_date(at=at, zone=patient.zone) for patient in patients}
    return [each for patient_id, each in newest.items() if each.as_of == today[patient_id]]


def _ids(patients: Sequence[Patient]) -> list[UUID]:
    return [patient.pk for patient in patients]


def _audit(patients: Sequence[Patient], fresh: Sequence[MoodReading], *, at: dt.datetime) -> None:
    numbers = {patient.pk: patient.record_number for patient in patients}
    of_the_last_day = [reading for reading in fresh if reading.facts is not None]
    record_many(
        [
            Event(
                action="readings_held_back" if reading.held_back else "reading_scored",
                at=at,
                by=None,
                role=SOFTWARE_ROLE,
                patient_id=reading.patient_id,
                record_number=numbers[reading.patient_id],
                subject_kind="moodreading",
                subject_id=str(reading.pk),
                reason=reading.held_back,
                facts={"release": f"{MOOD_1.name}/{MOOD_1.version}", "digest": bytes(reading.digest).hex()},
            )
            for reading in of_the_last_day
        ]
    )
