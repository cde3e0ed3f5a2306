"""A clock of one machine is set forward or back: what it wrote holds nothing up, and nothing is lost."""

import datetime as dt

import pytest

from clinic import outbox, pulse
from clinic.celery import app
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from recommendations import pipeline
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts

pytestmark = ROLLED_BACK

HOUR = dt.timedelta(hours=1)
WITHIN = dt.timedelta(minutes=5)


def test_what_a_clock_wrote_that_went_ahead_holds_nothing_up_once_it_is_right_again() -> None:
    at = now()
    assert pulse.claim(pulse.SCORING, at=at + 3 * HOUR, within=WITHIN)
    assert pulse.claim(pulse.SCORING, at=at, within=WITHIN)
    assert not pulse.claim(pulse.SCORING, at=at + dt.timedelta(seconds=20), within=WITHIN)


def test_clocks_that_differ_by_seconds_still_begin_once() -> None:
    at = now()
    assert pulse.claim(pulse.SCORING, at=at + dt.timedelta(seconds=20), within=WITHIN)
    assert not pulse.claim(pulse.SCORING, at=at, within=WITHIN)


def test_a_publisher_whose_clock_is_behind_sends_later_and_loses_nothing() -> None:
    outbox.enqueue("clinic.tasks.sign_of_life")
    assert outbox.publish(app=app, at=now() - HOUR) == 0
    assert OutboxMessage.objects.get().attempts == 0


@pytest.mark.parametrize("moved", [-26 * HOUR, 26 * HOUR], ids=["a day back", "a day ahead"])
def test_scoring_by_a_wrong_clock_doubles_nothing(cast: Cast, moved: dt.timedelta) -> None:
    at = now()
    open_drafts(cast.patient, cast.treating, at=at)
    pipeline.score([cast.patient.pk], at=at + moved)
    readings, drafts = MoodReading.objects.count(), Suggestion.objects.filter(state="open").count()
    for when in (at, at + moved):
        pipeline.score([cast.patient.pk], at=when)
    assert MoodReading.objects.count() == readings
    assert Suggestion.objects.filter(state="open").count() == drafts
