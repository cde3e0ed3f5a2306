"""What lies in the broker: ids, and nothing that anybody wrote or is called (SR-110)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from runner.child import Child
from runner.redis_server import RedisServer

from clinic import outbox
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from recommendations.tasks import score_everybody
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import check_in
from tests.integration.faults.broker import Message, at_rest, everything, messages
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.faults]

NOTE = "Cancelled lunch with Ada. Could not face the bus."


def leaves(value: Any) -> list[Any]:
    """Every single value in a structure of lists and dictionaries."""
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [value]


def is_id(value: Any) -> bool:
    """Whether it is the text of a UUID and nothing more."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def carries_only_ids(message: Message) -> bool:
    """Whether its arguments are ids, and nothing else of ours travels with it."""
    nothing_more = not any(message.embedded.values())
    return not message.arguments and nothing_more and all(map(is_id, leaves(message.named)))


def publish_all(start_publisher: Callable[..., Child], url: str) -> list[Message]:
    start_publisher(REDIS_URL=url)
    until(lambda: not OutboxMessage.objects.exists(), seconds=20, what="the outbox is empty")
    return messages(url)


def test_a_check_in_and_the_nightly_task_put_ids_and_no_word_into_the_broker(
    cast: Cast,
    private_redis: RedisServer,
    start_publisher: Callable[..., Child],
    start_worker: Callable[..., Child],
) -> None:
    check_in(cast.patient, 3, NOTE, feelings=("lonely",), at=now())
    score_everybody()
    sent = publish_all(start_publisher, private_redis.url)
    assert len(sent) == 2
    assert all(map(carries_only_ids, sent))
    held = everything(private_redis.url)
    assert str(cast.patient.pk).encode() in held
    personal = (NOTE, "Ada", "lonely", "Amara", "Nwosu", "amara", cast.patient.record_number)
    assert [word for word in personal if word.encode() in held] == []
    start_worker(REDIS_URL=private_redis.url)
    until(lambda: at_rest(private_redis.url), seconds=20, what="the tasks are done")
    held = everything(private_redis.url)
    assert str(cast.patient.pk).encode() not in held
    assert b"celery-task-meta" not in held


def test_a_message_with_a_word_in_it_would_be_seen(
    private_redis: RedisServer, start_publisher: Callable[..., Child]
) -> None:
    """The planted fault: a note beside the id."""
    outbox.enqueue("recommendations.tasks.score_patients", patient_ids=[str(uuid4())], note=NOTE)
    (sent,) = publish_all(start_publisher, private_redis.url)
    assert not carries_only_ids(sent)
    assert NOTE.encode() in everything(private_redis.url)
