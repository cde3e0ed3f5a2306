"""Days out of numbers: the same for chart, CSV and scoring, also on nights when clocks change."""

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from clinic import intake, series
from clinic.intake import NewCheckIn, NewNumber
from clinic.models.consent import Source
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.series import Day
from recommendations.scoring.series import daily_values
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK

NIGHTS = [
    ("Europe/London", dt.date(2025, 3, 30)),  # an hour is missing
    ("Europe/London", dt.date(2025, 10, 26)),  # an hour comes twice
    ("Asia/Tashkent", dt.date(2025, 10, 26)),  # nothing changes
    ("America/Sao_Paulo", dt.date(2018, 11, 4)),  # midnight itself is missing
    ("America/Sao_Paulo", dt.date(2018, 2, 18)),  # the last hour before midnight comes twice
]
HALF_HOURS = 72


def moments(zone: str, day: dt.date) -> list[dt.datetime]:
    """Every half hour of a day and a half around a night, by the world's clock."""
    noon = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(12), ZoneInfo(zone)).astimezone(dt.UTC)
    return [noon + dt.timedelta(minutes=30 * number) for number in range(HALF_HOURS)]


def entered(cast: Cast, zone: str, day: dt.date) -> dict[dt.date, list[int]]:
    """Check-ins at every one of these moments, and what they are by the person's own date."""
    Patient.objects.filter(pk=cast.patient.pk).update(zone=zone)
    cast.patient.refresh_from_db()
    moods = {moment: number % 11 for number, moment in enumerate(moments(zone, day))}
    entries = [
        NewCheckIn(uuid4(), mood=mood, feelings=(), note="", happened_at=moment)
        for moment, mood in moods.items()
    ]
    intake.record_check_ins(patient=cast.patient, entries=entries, by=cast.as_patient, at=NOW)
    found: dict[dt.date, list[int]] = {}
    for moment, mood in moods.items():
        found.setdefault(moment.astimezone(ZoneInfo(zone)).date(), []).append(mood)
    return found


def read(cast: Cast, signal: Signal = Signal.MOOD) -> list[Day]:
    found = series.read(
        cast.patient, signals=[signal], sources=list(Source), since=dt.date(2018, 1, 1), until=NOW.date()
    )
    return found.get(signal, [])


@ROLLED_BACK
@pytest.mark.parametrize(("zone", "day"), NIGHTS)
def test_each_number_counts_for_the_date_on_the_persons_own_wall(cast: Cast, zone: str, day: dt.date) -> None:
    by_hand = entered(cast, zone, day)
    assert [(each.day, each.count) for each in read(cast)] == [
        (date, len(moods)) for date, moods in sorted(by_hand.items())
    ]
    assert [each.value for each in read(cast)] == pytest.approx(
        [sum(moods) / len(moods) for _date, moods in sorted(by_hand.items())]
    )


@ROLLED_BACK
@pytest.mark.parametrize(("zone", "day"), NIGHTS)
def test_scoring_takes_the_same_days_as_the_charts(cast: Cast, zone: str, day: dt.date) -> None:
    entered(cast, zone, day)
    rows = list(Observation.objects.values_list("local_date", "value"))
    first = min(date for date, _value in rows).toordinal()
    scored = daily_values(
        patient=np.zeros(len(rows), dtype=np.int64),
        signal=np.zeros(len(rows), dtype=np.int64),
        day=np.array([date.toordinal() for date, _value in rows], dtype=np.int64),
        value=np.array([value for _date, value in rows]),
        shape=(1, 3, 1),
        first_day=first,
    )[0, :, 0]
    charted = {each.day.toordinal() - first: each.value for each in read(cast)}
    assert {number: value for number, value in enumerate(scored.tolist()) if value == value} == pytest.approx(
        charted
    )


def test_planted_fault_the_date_of_greenwich_would_put_evenings_on_another_day() -> None:
    zone = "America/Sao_Paulo"
    evening = dt.datetime(2018, 11, 3, 22, 30, tzinfo=ZoneInfo(zone))
    assert evening.astimezone(dt.UTC).date() != evening.date()


@ROLLED_BACK
def test_somebody_who_moves_keeps_the_days_that_they_had(cast: Cast) -> None:
    entered(cast, "Europe/London", dt.date(2025, 10, 26))
    before = read(cast)
    Patient.objects.filter(pk=cast.patient.pk).update(zone="Asia/Tashkent")
    assert read(cast) == before


@ROLLED_BACK
def test_a_correction_counts_and_what_it_corrects_does_not(cast: Cast) -> None:
    first = NewCheckIn(uuid4(), mood=2, feelings=(), note="", happened_at=NOW)
    made = intake.record_check_in(patient=cast.patient, entry=first, by=cast.as_patient, at=NOW).check_in
    again = NewCheckIn(uuid4(), mood=8, feelings=(), note="", happened_at=NOW, supersedes=made)
    intake.record_check_in(patient=cast.patient, entry=again, by=cast.as_patient, at=NOW)
    assert [(each.value, each.count) for each in read(cast)] == [(8.0, 1)]


def told(cast: Cast, signal: Signal, values: list[float], source: Source) -> None:
    numbers = [
        NewNumber(signal, value, NOW - dt.timedelta(minutes=number)) for number, value in enumerate(values)
    ]
    intake.record_observations(
        patient=cast.patient, numbers=numbers, source=source, by=cast.as_patient, at=NOW
    )


@ROLLED_BACK
def test_amounts_of_a_day_are_added_and_points_are_averaged(cast: Cast) -> None:
    told(cast, Signal.STEPS, [1_000, 2_500], Source.DEVICE)
    told(cast, Signal.GAD7, [10, 12], Source.IMPORTED)
    assert [each.value for each in read(cast, Signal.STEPS)] == [3_500]
    assert [each.value for each in read(cast, Signal.GAD7)] == [11]


@ROLLED_BACK
def test_two_sources_of_one_day_do_not_make_twice_the_steps(cast: Cast) -> None:
    told(cast, Signal.STEPS, [3_000], Source.IMPORTED)
    told(cast, Signal.STEPS, [3_100], Source.DEVICE)
    assert [(each.value, each.source) for each in read(cast, Signal.STEPS)] == [(3_100, Source.DEVICE)]
