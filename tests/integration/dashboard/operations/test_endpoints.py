"""Alive, ready, and the numbers: what each says while something is away, and to whom."""

import datetime as dt
from typing import Any

import pytest
import redis
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from psycopg import Cursor

from clinic import health, pulse
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from tests.cast import Cast
from tests.database import COMMITTED, ROLLED_BACK, guards_off
from tests.integration.dashboard.safety.raised import raised


def numbers(client: Client, **more: Any) -> dict[str, float]:
    response = client.get("/metrics", **more)
    assert response.status_code == 200
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines}


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make one question of health fail: `away("_keystore", OperationalError)`."""

    def make(name: str, error: type[Exception]) -> None:
        def fails() -> str:
            raise error("away")

        monkeypatch.setattr(health, name, fails)

    return make


@ROLLED_BACK
def test_alive_asks_nothing_of_the_database() -> None:
    with CaptureQueriesContext(connection) as asked:
        response = Client().get("/healthz")
    assert (response.status_code, response.json(), len(asked)) == (200, {"status": "ok"}, 0)


@ROLLED_BACK
def test_ready_says_what_it_asked(cast: Cast) -> None:
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"] == dict.fromkeys(
        ("postgresql", "keystore", "migrations", "guards", "redis"), "ok"
    )


@ROLLED_BACK
@pytest.mark.parametrize("name", ["_postgresql", "_keystore", "_migrations", "_guards"])
def test_without_what_pages_need_it_is_not_ready(cast: Cast, away: Any, name: str) -> None:
    away(name, OperationalError)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()["checks"][name[1:]]) == (503, "failed")


@ROLLED_BACK
def test_without_redis_it_is_ready_and_says_so(cast: Cast, away: Any) -> None:
    away("_redis", redis.ConnectionError)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()["checks"]["redis"]) == (200, "failed")


@COMMITTED
def test_a_guard_that_was_switched_off_is_seen_within_one_question(cast: Cast, owner: Cursor) -> None:
    with guards_off(owner, "clinic_checkin"):
        assert Client().get("/readyz").status_code == 503
    assert Client().get("/readyz").status_code == 200


@ROLLED_BACK
def test_the_numbers_tell_of_what_waits(cast: Cast) -> None:
    at = now()
    OutboxMessage.objects.create(task="clinic.tasks.sign_of_life", arguments={})
    raised(cast.patient)
    pulse.beat(pulse.WORKER, at=at - dt.timedelta(seconds=40))
    Client().get("/help/")
    found = numbers(Client())
    assert found["countersign_outbox"] == 1.0
    assert found["countersign_alerts_unanswered"] == found["countersign_alerts_open"] == 1.0
    assert 40 <= found["countersign_worker_sign_of_life_seconds"] < 100
    assert found["countersign_postgresql_up"] == 1.0
    assert found['countersign_request_seconds_count{method="GET",route="help",status="200"}'] >= 1
    assert "countersign_publisher_sign_of_life_seconds" not in found


@ROLLED_BACK
def test_the_numbers_name_nobody(cast: Cast) -> None:
    raised(cast.patient)
    text = Client().get("/metrics").content.decode()
    for word in ("Amara", "Nwosu", cast.patient.record_number, "amara", str(cast.patient.pk)):
        assert word not in text


@ROLLED_BACK
def test_numbers_are_for_whoever_has_the_token_or_for_this_machine_alone(cast: Cast) -> None:
    assert Client(REMOTE_ADDR="10.0.0.7").get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 404
    with override_settings(METRICS_TOKEN="a-long-token"):
        assert Client().get("/metrics").status_code == 404
        assert Client().get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
        assert numbers(Client(REMOTE_ADDR="10.0.0.7"), headers={"Authorization": "Bearer a-long-token"})


@ROLLED_BACK
def test_while_postgresql_is_away_the_numbers_say_that_and_no_more(cast: Cast, away: Any) -> None:
    away("_postgresql", OperationalError)
    found = numbers(Client())
    assert found["countersign_postgresql_up"] == 0.0
    assert "countersign_outbox" not in found
