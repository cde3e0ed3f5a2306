"""PostgreSQL goes away under running programs and comes back: they say so, store nothing, and go on by themselves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from runner.child import Child
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer

from clinic import outbox
from clinic.models.observation import CheckIn
from clinic.models.outbox import OutboxMessage
from tests.cast import assemble
from tests.integration.faults.broker import messages
from tests.services import ALIASES
from tests.visitor import Answer, Visitor
from tests.waiting import until

pytestmark = pytest.mark.faults

DOES_NOT_ANSWER = "PostgreSQL does not answer; trying again."
TASK = "recommendations.tasks.score_patients"


@contextmanager
def away(server: PostgresServer, how: str) -> Iterator[None]:
    """PostgreSQL is gone meanwhile."""
    for alias in ALIASES.values():
        connections[alias].close()
    getattr(server, how)()
    yield
    server.start()


def says_that_nothing_was_stored(answer: Answer) -> bool:
    """Whether this is the page for storage that does not answer, with the way to help that needs no storage."""
    words = ("so nothing was stored", "If you are in danger now", "Ring your local emergency number")
    return answer.status == 503 and all(each in answer.text for each in words)


def test_pages_say_that_nothing_was_stored_and_all_goes_on_when_postgres_is_back(
    addresses: dict[str, str],
    private_postgres: PostgresServer,
    private_redis: RedisServer,
    start_web: Callable[..., tuple[Child, str]],
    start_publisher: Callable[..., Child],
) -> None:
    cast = assemble()
    web, address = start_web(**addresses, REDIS_URL=private_redis.url)
    publisher = start_publisher(**addresses, REDIS_URL=private_redis.url)
    patient = Visitor(address)
    patient.sign_in("amara")
    for number, how in enumerate(["stop", "kill"], start=1):
        outbox.enqueue(TASK, patient_ids=[str(cast.patient.pk)])
        until(lambda: not OutboxMessage.objects.exists(), seconds=20, what="the publisher is at work")
        form = patient.get("/my/").form("/my/check-in/")
        with away(private_postgres, how):
            assert says_that_nothing_was_stored(patient.submit(form, {"mood": "4", "note": "Quiet day."}))
            assert says_that_nothing_was_stored(patient.get("/my/"))
            assert says_that_nothing_was_stored(Visitor(address).get("/help/"))
            publisher.wait_until(lambda: publisher.said(DOES_NOT_ANSWER), seconds=20)
        assert CheckIn.objects.count() == number - 1
        assert patient.submit(form, {"mood": "4", "note": "Quiet day."}).status == 200
        assert CheckIn.objects.count() == number
        until(lambda: not OutboxMessage.objects.exists(), seconds=20, what="the publisher has gone on")
        assert len(messages(private_redis.url)) == 2 * number
    assert web.alive
    assert publisher.alive
