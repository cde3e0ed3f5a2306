"""Health of the installation: what answers, what is late, and what is honestly unknown."""

import datetime as dt

import pytest
import redis
from django.test import Client

from clinic import health, pulse
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from clinic.models.pulse import Pulse
from recommendations import tasks
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of, newest

pytestmark = ROLLED_BACK


def line(page: str, name: str) -> str:
    return page.split(f"<dt>{name}</dt>")[1].split("</div>", maxsplit=1)[0]


def test_what_was_never_seen_is_unknown_and_not_broken(desk: Client, cast: Cast) -> None:
    page = html_of(desk, "/manage/health/")
    assert "unknown: never seen at work here" in line(page, "Publisher of the outbox")
    assert "unknown" in line(page, "Scoring of everybody")
    assert "answered in" in line(page, "Database")
    assert "late, away or unknown" in page


@pytest.mark.parametrize(("seconds", "state"), [(20, "ok"), (600, "late")])
def test_a_program_that_was_not_seen_for_long_is_late(
    desk: Client, cast: Cast, seconds: int, state: str
) -> None:
    pulse.beat(pulse.PUBLISHER, at=now() - dt.timedelta(seconds=seconds))
    before = html_of(desk, "/manage/health/").split("<dt>Publisher of the outbox</dt>")[0]
    assert before.rsplit("health__line--", 1)[1].startswith(state)


def test_what_waits_in_the_outbox_is_counted_with_the_oldest(desk: Client, cast: Cast) -> None:
    OutboxMessage.objects.all().delete()
    assert "empty" in line(html_of(desk, "/manage/health/"), "Outbox")
    OutboxMessage.objects.create(task="clinic.tasks.sign_of_life", arguments={}, attempts=3)
    found = line(html_of(desk, "/manage/health/"), "Outbox")
    assert "1 message waits" in found
    assert "tried up to 3 times" in found


def test_a_broker_that_is_away_is_said_with_what_goes_on(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> str:
        raise redis.ConnectionError

    monkeypatch.setattr(health, "_redis", away)
    monkeypatch.setattr(health, "queue_length", lambda: None)
    page = html_of(desk, "/manage/health/")
    assert "does not answer as it should" in line(page, "Broker (Redis)")
    assert "unknown: it does not answer" in line(page, "Tasks in the broker")


def test_scoring_is_asked_for_through_the_outbox_and_stands_in_the_log(desk: Client, cast: Cast) -> None:
    OutboxMessage.objects.all().delete()
    assert desk.post("/manage/health/score/").status_code == 302
    assert OutboxMessage.objects.get().task == "recommendations.tasks.score_everybody"
    assert newest().action == "scoring_asked"


def test_two_clocks_that_ask_within_seconds_have_everybody_scored_once(cast: Cast) -> None:
    OutboxMessage.objects.all().delete()
    tasks.score_everybody()
    once = OutboxMessage.objects.count()
    tasks.score_everybody()
    assert OutboxMessage.objects.count() == once > 0
    Pulse.objects.update(happened_at=now() - dt.timedelta(minutes=6))
    tasks.score_everybody()
    assert OutboxMessage.objects.count() == 2 * once


def test_a_sign_of_life_never_goes_back_in_time(cast: Cast) -> None:
    at = now()
    pulse.beat(pulse.WORKER, at=at)
    pulse.beat(pulse.WORKER, at=at - dt.timedelta(minutes=1))
    assert pulse.last(pulse.WORKER) == {pulse.WORKER: at}
