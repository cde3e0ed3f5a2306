"""Celery's clock really starts what it should: the log is put in order, and every patient is scored."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from runner.child import Child
from runner.redis_server import RedisServer

from audit.models import AuditEntry, SequencedEntry
from clinic import pulse
from clinic.celery import app
from clinic.models.outbox import OutboxMessage
from recommendations.models.reading import MoodReading
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.faults.clinic_of_many import patients_with_check_ins
from tests.waiting import until

pytestmark = pytest.mark.faults

Start = Callable[..., Child]


@COMMITTED
def test_the_clock_gives_entries_their_place_and_has_everybody_scored(
    cast: Cast,
    tmp_path: Path,
    private_redis: RedisServer,
    start_worker: Start,
    start_publisher: Start,
    start_celery: Start,
) -> None:
    patients = patients_with_check_ins(cast, 3)
    written = AuditEntry.objects.count()
    assert SequencedEntry.objects.count() == 0
    options = ("--pidfile=", "--schedule", str(tmp_path / "schedule"), "--max-interval", "1")
    start_celery("beat", *options, app="tests.integration.faults.hurried", REDIS_URL=private_redis.url)
    start_publisher(REDIS_URL=private_redis.url)
    start_worker(REDIS_URL=private_redis.url)
    until(lambda: SequencedEntry.objects.count() >= written, seconds=30, what="the entries have their places")
    scored = MoodReading.objects.filter(patient__in=patients).values("patient").distinct()
    until(lambda: scored.count() == len(patients), seconds=30, what="the nightly task has scored everybody")


@pytest.fixture
def start_clock(start_celery: Start, private_redis: RedisServer, tmp_path: Path) -> Start:
    """Start a clock in a hurry, with a file of its own."""

    def start(name: str) -> Child:
        options = ("--pidfile=", "--schedule", str(tmp_path / name), "--max-interval", "1")
        return start_celery(
            "beat", *options, app="tests.integration.faults.hurried", REDIS_URL=private_redis.url
        )

    return start


def heard(times: int) -> None:
    """The clocks have asked for a sign of life so many times more, and a worker gave it."""

    def newer(than: dict[str, dt.datetime]) -> bool:
        return pulse.last(pulse.WORKER) != than

    for _time in range(times):
        until(partial(newer, pulse.last(pulse.WORKER)), seconds=30, what="a sign of life")


@COMMITTED
def test_two_clocks_of_which_one_is_killed_and_comes_back_have_everybody_scored_once(
    cast: Cast, private_redis: RedisServer, start_worker: Start, start_clock: Start
) -> None:
    """Nothing is published here, so that the outbox tells how often everybody was asked for."""
    patients_with_check_ins(cast, 3)
    start_worker(REDIS_URL=private_redis.url)
    first, second = start_clock("first"), start_clock("second")
    heard(3)
    first.kill()
    heard(2)
    first.start()
    second.kill()
    heard(2)
    assert [row.task for row in OutboxMessage.objects.all()] == ["recommendations.tasks.score_patients"]


@COMMITTED
def test_clocks_whose_worker_does_not_ask_what_was_begun_are_seen_to_double_it(
    cast: Cast, private_redis: RedisServer, start_celery: Start, start_clock: Start
) -> None:
    """The planted fault: each clock has everybody scored again."""
    patients_with_check_ins(cast, 1)
    start_celery(
        "worker",
        *("--concurrency", "1", "--without-gossip", "--without-mingle"),
        app="tests.integration.faults.forgetful",
        REDIS_URL=private_redis.url,
    )
    start_clock("only")
    until(lambda: OutboxMessage.objects.count() > 1, seconds=30, what="everybody is asked for twice")


def test_every_task_of_the_clock_exists() -> None:
    """A misspelt name would be sent each night and refused by the worker."""
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
