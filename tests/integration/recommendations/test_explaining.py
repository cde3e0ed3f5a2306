"""What each check-in adds: exact, and from what was known when the reading was made."""

import datetime as dt
from uuid import uuid4

import pytest

from clinic import intake
from recommendations import explain, pipeline
from recommendations.models.reading import MoodReading
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import check_in, check_ins


def latest(cast: Cast) -> MoodReading:
    pipeline.score([cast.patient.pk], at=NOW)
    return MoodReading.objects.filter(patient=cast.patient).latest("pk")


@ROLLED_BACK
def test_the_parts_add_up_to_the_stored_level_to_the_last_digit_shown(cast: Cast) -> None:
    check_ins(cast.patient)
    reading = latest(cast)
    found = explain.parts_of(reading)
    assert found.fits
    assert found.total == pytest.approx(reading.level, abs=1e-9)
    assert sum(part.weight for part in found.parts) == pytest.approx(1.0, abs=1e-9)
    assert found.parts[0].day == NOW.date(), "newest first"
    assert len(found.parts) == 36


@ROLLED_BACK
def test_two_check_ins_of_one_day_are_one_part_with_their_mean(cast: Cast) -> None:
    check_ins(cast.patient)
    check_in(cast.patient, 8, at=NOW + dt.timedelta(hours=1))
    newest = explain.parts_of(latest(cast)).parts[0]
    assert newest.mood == 5.0


@COMMITTED
def test_check_ins_and_corrections_that_came_later_do_not_count(cast: Cast) -> None:
    check_ins(cast.patient)
    first = check_in(cast.patient, 2, at=NOW + dt.timedelta(minutes=1)).check_in
    reading = latest(cast)
    later = dt.datetime.now(dt.UTC)  # noqa: TID251
    check_in(cast.patient, 10, at=NOW + dt.timedelta(minutes=2))
    entry = intake.NewCheckIn(uuid4(), mood=9, feelings=(), note="", happened_at=NOW, supersedes=first)
    intake.record_check_in(patient=cast.patient, entry=entry, by=cast.as_patient, at=later)
    assert explain.parts_of(reading).fits
    assert latest(cast).level != reading.level, "a new reading does count them"


@ROLLED_BACK
def test_a_reading_that_was_held_back_has_no_parts(cast: Cast) -> None:
    check_ins(cast.patient, [5, 5])
    found = explain.parts_of(latest(cast))
    assert (found.parts, found.fits) == ((), False)
