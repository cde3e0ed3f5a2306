"""The outbox: written with what it follows from, published once, kept while the broker is away."""

import datetime as dt
from typing import Any

import pytest
from celery import Celery
from django.db import transaction

from clinic.models.outbox import OutboxMessage
from clinic.outbox import BATCH, enqueue, publish
from tests.at_once import at_once, errors
from tests.cast import NOW
from tests.database import COMMITTED
from tests.waiting import until

pytestmark = COMMITTED

LATER = dt.timedelta(days=3650)


class Broker:
    """Takes messages, or refuses them with `error`."""

    def __init__(self, error: Exception | None = None, *, meeting: int = 0) -> None:
        self.taken: list[Any] = []
        self._error = error
        self._meeting = meeting
        self.inside = 0

    def send_task(self, name: str, *, kwargs: dict[str, Any], retry: bool) -> None:
        assert retry is False
        if self._error:
            raise self._error
        self.inside += 1
        until(lambda: self.inside >= self._meeting, seconds=10, what="both publishers are at work")
        self.taken.append((name, kwargs["number"]))


def send(broker: Any, *, at: dt.datetime = NOW + LATER) -> int:
    return publish(app=broker, at=at)


def waiting() -> list[int]:
    return [message.arguments["number"] for message in OutboxMessage.objects.order_by("id")]


def test_messages_are_published_in_their_order_and_then_gone() -> None:
    for number in range(5):
        enqueue("tests.task", number=number)
    broker = Broker()
    assert send(broker) == 5
    assert broker.taken == [("tests.task", number) for number in range(5)]
    assert waiting() == []
    assert send(broker) == 0


def test_what_was_rolled_back_is_never_published() -> None:
    class Undone(Exception):
        pass

    @transaction.atomic
    def write_and_fail() -> None:
        enqueue("tests.task", number=1)
        raise Undone

    with pytest.raises(Undone):
        write_and_fail()
    broker = Broker()
    assert send(broker) == 0


@pytest.mark.parametrize("error", [ConnectionRefusedError("no"), TimeoutError("hangs")])
def test_a_broker_that_is_away_postpones_longer_each_time_and_loses_nothing(error: Exception) -> None:
    enqueue("tests.task", number=1)
    at, pauses = NOW + LATER, []
    for _ in range(9):
        assert send(Broker(error), at=at) == 0
        message = OutboxMessage.objects.get()
        pauses.append(int((message.due_at - at).total_seconds()))
        assert send(Broker(), at=at) == 0, "it is not due yet"
        at = message.due_at
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    broker = Broker()
    assert send(broker, at=at) == 1
    assert broker.taken == [("tests.task", 1)]


def test_a_real_broker_that_is_away_is_noticed_within_seconds() -> None:
    """Nothing listens on port 1: Celery's own error, with the time-outs of the project's application."""
    from clinic.celery import app

    away = Celery("away", broker="redis://127.0.0.1:1/0")
    away.conf.broker_transport_options = app.conf.broker_transport_options
    enqueue("tests.task", number=1)
    assert send(away) == 0
    assert OutboxMessage.objects.get().attempts == 1


def test_two_publishers_at_once_send_each_message_once() -> None:
    for number in range(2 * BATCH):
        enqueue("tests.task", number=number)
    broker = Broker(meeting=2)
    answers = at_once(lambda: send(broker), lambda: send(broker))
    assert errors(answers) == []
    assert answers == [BATCH, BATCH]
    assert sorted(number for _name, number in broker.taken) == list(range(2 * BATCH))
    assert waiting() == []


def test_at_most_one_batch_is_sent_at_a_time() -> None:
    for number in range(BATCH + 1):
        enqueue("tests.task", number=number)
    assert send(Broker()) == BATCH
    assert waiting() == [BATCH]


def test_an_error_of_our_own_is_not_hidden_and_nothing_is_lost() -> None:
    enqueue("tests.task", number=1)
    with pytest.raises(ValueError, match="ours"):
        send(Broker(ValueError("ours")))
    assert waiting() == [1]
