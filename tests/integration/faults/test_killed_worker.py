"""kill -9 in the middle of scoring: nothing is half done, nothing is done twice, and nothing is lost.

The middle is made by a lock that these tests hold in PostgreSQL; no program has a hook for it.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg import Cursor
from runner.child import Child
from runner.redis_server import RedisServer

from clinic.celery import VISIBILITY_TIMEOUT
from recommendations.models.reading import MoodReading
from tests.cast import Cast
from tests.database import COMMITTED, owner_cursor
from tests.integration.faults.broker import at_rest, in_work
from tests.integration.faults.clinic_of_many import ask_for, assert_scored_once, patients_with_check_ins
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.faults]

Start = Callable[..., Child]

READINGS_WRITTEN = """
SELECT count(*) FROM pg_locks written JOIN pg_locks waiting USING (pid)
WHERE written.relation = 'recommendations_moodreading'::regclass AND written.mode = 'RowExclusiveLock'
  AND written.granted AND written.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND waiting.relation = 'audit_entry'::regclass AND NOT waiting.granted
"""
PATIENTS = 8
SWEEP_SECONDS = 10
"""How much later than the time-out a message may come back: the sweep runs every 3 s, on a machine that is busy."""


@contextmanager
def audit_log_locked() -> Iterator[None]:
    """Nobody adds an entry to the audit log meanwhile."""
    with owner_cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")
        yield
        cursor.execute("COMMIT")


def halfway(owner: Cursor) -> bool:
    """Whether a worker has written readings in a transaction that waits for the audit log."""
    owner.execute(READINGS_WRITTEN)
    row = owner.fetchone()
    return bool(row and row[0])


def pool_of(worker: Child) -> list[int]:
    """The processes in which a worker does its tasks."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    return [int(pid) for pid in children.read_text(encoding="ascii").split()]


def scored_by_now() -> int:
    return MoodReading.objects.count()


def test_a_killed_worker_leaves_nothing_behind_and_another_scores_everybody_once_within_the_time_out(
    cast: Cast, owner: Cursor, private_redis: RedisServer, start_worker: Start, start_publisher: Start
) -> None:
    patients = patients_with_check_ins(cast, PATIENTS)
    worker = start_worker(REDIS_URL=private_redis.url)
    with audit_log_locked():
        ask_for(patients)
        start_publisher(REDIS_URL=private_redis.url)
        until(lambda: halfway(owner), seconds=20, what="a chunk is scored halfway")
        assert in_work(private_redis.url) == 1
        worker.kill()
        killed = time.monotonic()
    start_worker(REDIS_URL=private_redis.url)
    assert scored_by_now() == 0
    until(lambda: scored_by_now() == PATIENTS, seconds=60, what="everybody was scored by the second worker")
    assert time.monotonic() - killed < VISIBILITY_TIMEOUT + SWEEP_SECONDS
    ask_for(patients)
    until(lambda: at_rest(private_redis.url), seconds=20, what="the same chunk was delivered once more")
    assert_scored_once(patients)


def test_a_task_whose_process_was_killed_is_done_again_at_once(
    cast: Cast, owner: Cursor, private_redis: RedisServer, start_worker: Start, start_publisher: Start
) -> None:
    patients = patients_with_check_ins(cast, PATIENTS)
    worker = start_worker(REDIS_URL=private_redis.url)
    with audit_log_locked():
        ask_for(patients)
        start_publisher(REDIS_URL=private_redis.url)
        until(lambda: halfway(owner), seconds=20, what="a chunk is scored halfway")
        for pid in pool_of(worker):
            os.kill(pid, signal.SIGKILL)
    assert worker.alive
    took = until(lambda: scored_by_now() == PATIENTS, seconds=60, what="everybody was scored")
    assert took < VISIBILITY_TIMEOUT
    assert_scored_once(patients)


def test_a_worker_that_acknowledges_first_is_seen_to_lose_the_task(
    cast: Cast, owner: Cursor, private_redis: RedisServer, start_celery: Start, start_publisher: Start
) -> None:
    """The planted fault: the broker holds nothing any more that could be delivered again."""
    patients = patients_with_check_ins(cast, 1)
    options = ("--concurrency", "1", "--without-gossip", "--without-mingle")
    hasty = start_celery(
        "worker", *options, app="tests.integration.faults.hasty", REDIS_URL=private_redis.url
    )
    with audit_log_locked():
        ask_for(patients)
        start_publisher(REDIS_URL=private_redis.url)
        until(lambda: halfway(owner), seconds=30, what="a chunk is scored halfway")
        assert at_rest(private_redis.url)
        hasty.kill()
    assert scored_by_now() == 0
