"""Several publishers on one outbox: each message is handed over exactly once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from psycopg import Cursor
from runner.child import Child
from runner.redis_server import RedisServer

from clinic.models.outbox import OutboxMessage
from clinic.outbox import BATCH
from tests.database import COMMITTED
from tests.integration.faults.broker import messages
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.faults]

TASK = "recommendations.tasks.score_patients"
HOLDING_MESSAGES = """
SELECT count(DISTINCT pid) FROM pg_locks
WHERE relation = 'clinic_outboxmessage'::regclass AND mode = 'RowShareLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def holding(owner: Cursor) -> int:
    """How many programs have claimed messages and wait for the broker to take them."""
    owner.execute(HOLDING_MESSAGES)
    row = owner.fetchone()
    return int(row[0]) if row else 0


def test_two_publishers_at_the_same_moment_hand_over_every_message_once(
    owner: Cursor, private_redis: RedisServer, start_publisher: Callable[..., Child]
) -> None:
    ids = [str(uuid4()) for _ in range(BATCH + 50)]
    OutboxMessage.objects.bulk_create(
        OutboxMessage(task=TASK, arguments={"patient_ids": [each]}) for each in ids
    )
    private_redis.pause()
    publishers = [start_publisher(REDIS_URL=private_redis.url) for _ in range(2)]
    until(lambda: holding(owner) == 2, seconds=20, what="both publishers have claimed messages")
    private_redis.resume()
    until(lambda: not OutboxMessage.objects.exists(), seconds=20, what="the outbox is empty")
    sent = messages(private_redis.url)
    assert sorted(message.named["patient_ids"][0] for message in sent) == sorted(ids)
    senders = {message.headers["origin"].partition("@")[0] for message in sent}
    assert senders == {f"gen{publisher.pid}" for publisher in publishers}


def test_a_message_that_was_handed_over_twice_would_be_seen(
    private_redis: RedisServer, start_publisher: Callable[..., Child]
) -> None:
    """The planted fault: the same task put into the outbox twice."""
    twice = [{"patient_ids": [str(uuid4())]}] * 2
    OutboxMessage.objects.bulk_create(OutboxMessage(task=TASK, arguments=arguments) for arguments in twice)
    start_publisher(REDIS_URL=private_redis.url)
    until(lambda: not OutboxMessage.objects.exists(), seconds=20, what="the outbox is empty")
    assert [message.named for message in messages(private_redis.url)] == twice
