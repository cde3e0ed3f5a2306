"""A clock of one machine is set forward or back: what it wrote holds nothing up, and nothing is lost."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from audit.models import AuditEntry
from clinic import access, ai, consent, messages, outbox, pulse
from clinic.celery import app
from clinic.clock import local_date, now
from clinic.models.care import CareKind
from clinic.models.consent import Purpose, Source
from clinic.models.outbox import OutboxMessage
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.models.user import Role
from clinic.questionnaires import assign, due
from clinic.questionnaires.schedule import State
from clinic.safety import alerts
from recommendations import pipeline, review, waiting
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided
from recommendations.waiting import turn
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, check_ins, open_drafts, wrote
from tests.forms import assigned, filled

pytestmark = ROLLED_BACK

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
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


class Broker:
    """Takes everything."""

    def send_task(self, name: str, **_named: Any) -> None:
        """Taken."""


@pytest.mark.parametrize("moved", [-HOUR, -DAY, HOUR, DAY], ids=str)
def test_a_message_is_sent_at_once_and_once_whatever_the_publishers_clock_says(moved: dt.timedelta) -> None:
    outbox.enqueue("clinic.tasks.sign_of_life")
    broker: Any = Broker()
    assert outbox.publish(app=broker, at=now() + moved) == 1
    assert outbox.publish(app=broker, at=now()) == 0


def test_a_publisher_that_is_seconds_behind_sends_seconds_later() -> None:
    outbox.enqueue("clinic.tasks.sign_of_life")
    assert outbox.publish(app=app, at=now() - dt.timedelta(seconds=20)) == 0
    assert OutboxMessage.objects.get().attempts == 0


def withdraws_consent(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    what: Any = {"patient": cast.patient, "source": Source.DEVICE, "purpose": Purpose.SHARE}
    by = cast.as_patient
    consent.withdraw(**what, by=by, at=NOW)
    consent.give(**what, by=by, at=at)
    return lambda at: consent.withdraw(**what, by=by, at=at)


def ends_care(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    assert cast.other_psychologist.user
    care = access.start_care(
        patient=cast.patient,
        user=cast.other_psychologist.user,
        kind=CareKind.COVERING,
        by=cast.administrator,
        at=at,
    )
    return lambda at: access.end_care(care=care, by=cast.administrator, at=at)


def ends_a_role(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    access.grant_role(user=cast.stranger, role=Role.PSYCHOLOGIST, by=cast.administrator, at=at)
    return lambda at: access.end_role(
        user=cast.stranger, role=Role.PSYCHOLOGIST, by=cast.administrator, at=at
    )


def closes_an_alert(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    alert = alerts.notice(patient=cast.patient, text="I want to die", submission=uuid4(), at=at).alert
    assert alert
    alerts.take(alert=alert, by=cast.treating, at=at)
    return lambda at: closed(alert, cast.treating, at=at)


def ends_an_assignment(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    row = assigned(cast.patient, cast.treating, at=at)
    return lambda at: assign.end(assignment=row, by=cast.treating, at=at)


def starts_ai_again(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    stop = ai.stop(patient=cast.patient, by=cast.treating, at=at)
    ai.ask_restart(stop=stop, by=cast.treating, at=at)
    return lambda at: ai.confirm_restart(stop=stop, by=cast.administrator, at=at)


def reads_a_message(cast: Cast, at: dt.datetime) -> Callable[[dt.datetime], object]:
    message = wrote(cast.patient, at=at).message
    assert message
    return lambda at: messages.mark_read([message], patient=cast.patient, by=cast.treating, at=at)


ENDS = (
    withdraws_consent,
    ends_care,
    ends_a_role,
    closes_an_alert,
    ends_an_assignment,
    starts_ai_again,
    reads_a_message,
)


@pytest.mark.parametrize("ending", ENDS, ids=lambda ending: ending.__name__)
@pytest.mark.parametrize("moved", [HOUR, DAY], ids=str)
def test_what_began_by_a_clock_that_was_ahead_can_be_ended_at_once_by_the_right_one(
    cast: Cast, ending: Callable[..., Callable[[dt.datetime], object]], moved: dt.timedelta
) -> None:
    end = ending(cast, NOW + moved)
    end(NOW)
    end(NOW + 2 * moved)
    assert not access.roles_of(cast.stranger, at=NOW + 2 * moved)
    ended = AuditEntry.objects.filter(happened_at=NOW + 2 * moved)
    assert not ended.exists(), "it had ended already"


def test_a_draft_that_came_back_by_a_wrong_clock_waits_again_and_is_decided_once(cast: Cast) -> None:
    assert cast.treating.user
    draft, *_ = open_drafts(cast.patient, cast.treating)
    day = waiting.return_days(at=NOW, zone="Europe/London")[0]
    made = waiting.defer(suggestion=draft, reason="needs_time", until=day, by=cast.treating, at=NOW)
    assert made.until
    ahead = made.until + HOUR
    reject: Any = partial(review.reject, suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating)
    assert turn.your_turn(cast.treating.user, at=ahead).filter(pk=draft.pk).exists()
    assert not turn.your_turn(cast.treating.user, at=NOW + HOUR).filter(pk=draft.pk).exists()
    reject(at=ahead)
    with pytest.raises(AlreadyDecided):
        reject(at=NOW + HOUR)


@pytest.mark.parametrize("moved", [HOUR, DAY], ids=str)
def test_a_form_answered_by_a_wrong_clock_is_kept_and_not_asked_for_again(
    cast: Cast, moved: dt.timedelta
) -> None:
    assigned(cast.patient, cast.treating)
    filled(cast.patient, at=NOW + moved)
    (asked,) = due.standing(cast.patient, at=NOW)
    assert asked.place.state == State.ANSWERED
    assert QuestionnaireResponse.objects.count() == 1


@pytest.mark.parametrize("night", [(2027, 3, 28), (2027, 10, 31)], ids=["an hour less", "an hour more"])
def test_on_the_night_when_clocks_change_one_day_has_one_reading_and_one_form(
    cast: Cast, night: tuple[int, int, int]
) -> None:
    """Each hour of the night, some twice by the clock on the wall, some never."""
    begin = dt.datetime(*night, tzinfo=dt.UTC) - dt.timedelta(hours=3)
    check_ins(cast.patient, last=begin - DAY)
    assigned(cast.patient, cast.treating, at=begin, every_weeks=1, until=begin.date() + dt.timedelta(days=30))
    for hour in range(8):
        at = begin + hour * HOUR
        check_in(cast.patient, 6, at=at)
        pipeline.score([cast.patient.pk], at=at)
    days = [local_date(at=begin + hour * HOUR, zone="Europe/London") for hour in range(8)]
    (asked,) = due.standing(cast.patient, at=begin + 8 * HOUR)
    assert (asked.place.state, asked.place.missed) == (State.DUE, 0)
    assert {row.as_of for row in MoodReading.objects.filter(patient=cast.patient)} == set(days)
    assert pipeline.score([cast.patient.pk], at=begin + 8 * HOUR).readings == 0, "nothing was left out"


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
