"""What a patient is asked to fill in, and how each assignment stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.clock import local_date
from clinic.models.assignment import Assignment
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument, Mode, QuestionnaireResponse
from clinic.questionnaires import catalogue
from clinic.questionnaires.definition import Definition
from clinic.questionnaires.schedule import Place, Plan, place_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One assignment with the version that is filled in today and where it stands."""

    assignment: Assignment
    instrument: Instrument
    place: Place

    @property
    def definition(self) -> Definition:
        """What the present version says."""
        return catalogue.of_row(self.instrument)


def standing(patient: Patient, *, at: dt.datetime) -> list[Asked]:
    """The patient's assignments that nobody has ended, oldest first: one query where there are none, else three.

    None of somebody whose care has ended: nothing is asked of them.
    """
    if patient.discharged_at is not None:
        return []
    rows = Assignment.objects.filter(patient=patient, ended_at=None).order_by("assigned_at")
    assignments = list(rows.select_related("assigned_by__staff"))
    if not assignments:
        return []
    keys = [row.key for row in assignments]
    versions = Instrument.objects.filter(key__in=keys).order_by("recorded_at", "version")
    instruments = {row.key: row for row in versions}
    answered = _answered(patient, keys)
    today = local_date(at=at, zone=patient.zone)
    return [Asked(row, instruments[row.key], _place(row, answered, today=today)) for row in assignments]


def _answered(patient: Patient, keys: Sequence[str]) -> list[tuple[str, dt.datetime, dt.date]]:
    rows = QuestionnaireResponse.objects.filter(patient=patient, instrument__key__in=keys, superseded_by=None)
    mine = rows.exclude(mode=Mode.IMPORTED)
    return list(mine.values_list("instrument__key", "happened_at", "local_date"))


def _place(row: Assignment, answered: list[tuple[str, dt.datetime, dt.date]], *, today: dt.date) -> Place:
    since = [day for key, moment, day in answered if key == row.key and moment >= row.assigned_at]
    return place_of(Plan(row.starts_on, row.every_weeks, row.until), since, today=today)
