"""Celery's clock really starts what it should: the log is put in order, and every patient is scored."""

from collections.abc import Callable
from pathlib import Path

import pytest
from runner.child import Child
from runner.redis_server import RedisServer

from audit.models import AuditEntry, SequencedEntry
from clinic.celery import app
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


def test_every_task_of_the_clock_exists() -> None:
    """A misspelt name would be sent each night and refused by the worker."""
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
