"""Escalation goes on while programs are dead: real processes, real clocks, a mail server that counts.

Times are made by an alert that happened a while ago: the step's time comes a few seconds after the programs are up.
"""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from runner.child import Child
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer

from clinic.clock import now
from clinic.models.oncall import Channel
from clinic.models.page import Page, PageAttempt
from clinic.safety import alerts
from tests.cast import Cast, assemble
from tests.database import COMMITTED
from tests.integration.faults.test_postgres_restarted import away
from tests.outside import mail_server, variables, webhook_server
from tests.paging import EMERGENCY, URGENT, raised, reached, staffed
from tests.waiting import until

pytestmark = pytest.mark.faults

WITHIN_SECONDS = 10.0
AHEAD = dt.timedelta(seconds=8)
NO_REDIS = "redis://127.0.0.1:1"
StartWeb = Callable[..., tuple[Child, str]]
StartWorker = Callable[..., Child]


def nearly_second_step(cast: Cast) -> dt.datetime:
    """An alert whose second step comes soon; when that is."""
    due = now() + AHEAD
    raised(cast, URGENT, at=due - dt.timedelta(minutes=15))
    return due


def seconds_late(due: dt.datetime) -> float:
    """When the page of the second step was sent, after its time."""
    until(lambda: sent("second") > 0, seconds=30, what="the second on call was paged")
    attempt = PageAttempt.objects.filter(page__step="second", outcome="sent").earliest("id")
    return (attempt.happened_at - due).total_seconds()


def sent(step: str) -> int:
    return PageAttempt.objects.filter(page__step=step, outcome="sent").count()


@COMMITTED
def test_with_the_worker_dead_and_redis_dead_the_web_server_pages_in_time(
    cast: Cast,
    private_redis: RedisServer,
    start_web: StartWeb,
    start_worker: StartWorker,
) -> None:
    staffed(cast)
    with mail_server() as server:
        environment = variables(mail=server.port) | {"REDIS_URL": private_redis.url}
        worker = start_worker(**environment)
        start_web(**environment)
        worker.kill()
        private_redis.kill()
        due = nearly_second_step(cast)
        assert 0 <= seconds_late(due) < WITHIN_SECONDS
        assert sorted(server.recipients) == ["other@staff.example", "treating@staff.example"]


@COMMITTED
def test_with_no_web_server_and_redis_dead_a_worker_pages_in_time(
    cast: Cast, start_celery: Callable[..., Child]
) -> None:
    staffed(cast)
    with mail_server() as server:
        options = ("--concurrency", "1", "--without-gossip", "--without-mingle")
        environment = variables(mail=server.port) | {"REDIS_URL": NO_REDIS}
        start_celery("worker", *options, app="clinic.celery:app", **environment)
        until(lambda: bool(pulses()), seconds=30, what="the worker watches although no broker answers")
        assert 0 <= seconds_late(nearly_second_step(cast)) < WITHIN_SECONDS
        assert server.recipients.count("other@staff.example") == 1


def pulses() -> dict[str, dt.datetime]:
    from clinic import pulse

    return pulse.last(pulse.WATCH)


@COMMITTED
def test_of_two_web_servers_one_is_killed_and_the_other_pages_each_person_once(
    cast: Cast, start_web: StartWeb
) -> None:
    staffed(cast)
    with mail_server() as server:
        environment = variables(mail=server.port) | {"REDIS_URL": NO_REDIS}
        first, _address = start_web(**environment)
        start_web(**environment)
        due = nearly_second_step(cast)
        until(lambda: sent("first") == 1, seconds=20, what="the first on call was paged")
        first.kill()
        assert 0 <= seconds_late(due) < WITHIN_SECONDS
        time_for_more = now() + dt.timedelta(seconds=7)
        until(lambda: now() > time_for_more, seconds=10, what="two more rounds of every program")
        assert sorted(server.recipients) == ["other@staff.example", "treating@staff.example"]


@COMMITTED
def test_with_nothing_running_nobody_is_paged_and_that_is_seen(cast: Cast) -> None:
    """The planted fault: no program watches."""
    staffed(cast)
    due = nearly_second_step(cast)
    until(lambda: now() > due + AHEAD, seconds=30, what="the time passed")
    assert Page.objects.filter(step="second").count() == 0
    assert pulses() == {}


@COMMITTED
def test_a_mail_server_that_refuses_is_tried_again_and_the_next_person_is_not_kept_waiting(
    cast: Cast, start_web: StartWeb
) -> None:
    staffed(cast)
    with mail_server("refusing") as server:
        start_web(**variables(mail=server.port), REDIS_URL=NO_REDIS)
        began = time.monotonic()
        raised(cast, URGENT, at=now())
        what = "the second is paged long before their time"
        until(lambda: Page.objects.filter(step="second").exists(), seconds=60, what=what)
        assert time.monotonic() - began < 30
        server.mood = "taking"
        until(lambda: sent("first") == 1 and sent("second") == 1, seconds=60, what="both were reached")


@COMMITTED
def test_a_webhook_that_hangs_holds_up_nobody_elses_page(cast: Cast, start_web: StartWeb) -> None:
    staffed(cast)
    with webhook_server("hanging") as hanging, mail_server() as server:
        for each in (cast.treating, cast.other_psychologist):
            reached(cast, each, f"http://127.0.0.1:{hanging.port}/", channel=Channel.WEBHOOK)
        start_web(**variables(mail=server.port), REDIS_URL=NO_REDIS)
        due = nearly_second_step(cast)
        until(lambda: hanging.asked > 0, seconds=20, what="the webhook was called")
        assert 0 <= seconds_late(due) < WITHIN_SECONDS
        until(
            lambda: PageAttempt.objects.filter(outcome="timeout").exists(),
            seconds=20,
            what="the hanging call is given up",
        )


@COMMITTED
def test_an_owner_whose_session_ended_is_reminded_and_the_lead_is_told(
    cast: Cast, start_web: StartWeb
) -> None:
    """Taken, and then nothing: whether the owner's browser is still open makes no difference to the person waiting."""
    staffed(cast)
    alert = raised(cast, EMERGENCY, at=now() - dt.timedelta(minutes=40))
    alerts.take(alert=alert, by=cast.treating, at=now() - dt.timedelta(minutes=30) + AHEAD)
    with mail_server() as server:
        start_web(**variables(mail=server.port), REDIS_URL=NO_REDIS)
        until(lambda: sent("unanswered") == 2, seconds=40, what="owner and the next in line were told")
    assert set(server.recipients) == {"treating@staff.example", "other@staff.example"}


def test_postgresql_is_killed_and_started_and_the_watch_goes_on(
    addresses: dict[str, str], private_postgres: PostgresServer, start_web: StartWeb
) -> None:
    cast = staffed(assemble())
    with mail_server() as server:
        web, _address = start_web(**addresses, **variables(mail=server.port), REDIS_URL=NO_REDIS)
        until(lambda: bool(pulses()), seconds=30, what="the web server watches")
        with away(private_postgres, "kill"):
            what = "the watch has noticed that PostgreSQL is away"
            until(lambda: web.said("The watch over alerts failed"), seconds=20, what=what)
        assert 0 <= seconds_late(nearly_second_step(cast)) < WITHIN_SECONDS
    assert sorted(server.recipients) == ["other@staff.example", "treating@staff.example"]
