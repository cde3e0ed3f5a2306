"""The services under the tests and under a checkout: started where they lack, ended without a trace."""

import os
import socket
from pathlib import Path

import pytest
import redis
from runner import keys
from runner.console import RefusalError, Steps
from runner.redis_server import RedisServer
from runner.roles import VARIABLES
from runner.services import of_running, start_kept, start_throwaway
from runner.state import State

from tests.integration.test_script_programs import runs


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no services and no keys."""
    for name in [*VARIABLES, "REDIS_URL", *keys.MAKERS, *(f"{name}_FILE" for name in keys.MAKERS)]:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_thrown_away_services_leave_no_program_and_no_file() -> None:
    services = start_throwaway()
    pids = [child.pid for child in services.children()]
    assert len(pids) == 2
    assert all(map(runs, pids))
    services.stop()
    assert not any(map(runs, pids))
    assert services.directory is not None
    assert not services.directory.exists()


def test_they_offer_every_variable_that_the_settings_need() -> None:
    services = start_throwaway()
    services.stop()
    assert set(services.environment) == {*VARIABLES, "REDIS_URL", "SECRET_KEY", "KEYSTORE_KEK", "AUDIT_KEY"}


def test_what_the_environment_gives_is_not_started_again(bare_environment: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        bare_environment.setenv(name, "postgres://given")
    bare_environment.setenv("AUDIT_KEY_FILE", "/given")
    services = start_throwaway(everything=False)
    services.stop()
    assert services.postgres is None
    assert set(services.environment) == {"REDIS_URL", "SECRET_KEY", "KEYSTORE_KEK"}


def test_a_database_that_is_given_in_part_is_refused_with_what_is_missing(
    bare_environment: pytest.MonkeyPatch,
) -> None:
    bare_environment.setenv("DATABASE_URL", "postgres://given")
    bare_environment.setenv("KEYSTORE_URL", "postgres://given")
    missing = "PORTAL_DATABASE_URL and DATABASE_OWNER_URL must be given with it: docs/how-to/own-postgres.md"
    with pytest.raises(RefusalError, match=missing):
        start_throwaway(everything=False)


@pytest.mark.usefixtures("bare_environment")
def test_a_checkout_keeps_its_data_and_keys_from_start_to_start(passable_directory: Path) -> None:
    state = State(passable_directory)
    assert state.take()
    first = start_kept(state, Steps(quiet=True))
    state.announce(address="http://127.0.0.1:8000/", **first.ports())
    beside = of_running(State(passable_directory))
    first.stop()
    second = start_kept(state, Steps(quiet=True))
    second.stop()
    state.release()
    without_ports = [_without_port(services.environment) for services in (first, beside, second)]
    assert without_ports[0] == without_ports[1] == without_ports[2]
    assert beside.environment == first.environment


def _without_port(environment: dict[str, str]) -> dict[str, str]:
    return {name: value.rpartition(":")[0] if "@" in value else value for name, value in environment.items()}


@pytest.mark.usefixtures("bare_environment")
def test_secrets_are_readable_by_their_owner_alone_and_the_kek_lies_apart_from_the_data(
    tmp_path: Path,
) -> None:
    state = State(tmp_path)
    files = [Path(path) for path in keys.kept(state, own_database=False).values()]
    keys.passwords(state)
    keys.redis_password(state)
    secret = [*files, *(tmp_path / "secrets").iterdir()]
    assert len(secret) == 5
    assert {path.stat().st_mode & 0o777 for path in secret} == {0o600}
    assert not any((tmp_path / "postgres") in path.parents for path in secret)


@pytest.mark.usefixtures("bare_environment")
def test_a_fresh_start_forgets_what_was_made_here_and_nothing_else(tmp_path: Path) -> None:
    state = State(tmp_path)
    made = Path(keys.kept(state, own_database=False)["KEYSTORE_KEK_FILE"])
    of_own_database = Path(keys.kept(state, own_database=True)["KEYSTORE_KEK_FILE"])
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    state.clear()
    assert not made.exists()
    assert of_own_database.exists()
    assert (tmp_path / "letter.txt").exists()


def test_one_checkout_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    first, second = State(tmp_path), State(tmp_path)
    assert first.take()
    first.announce(address="http://127.0.0.1:8001/")
    assert not second.take()
    assert second.announced()["address"] == "http://127.0.0.1:8001/"
    assert second.announced()["pid"] == os.getpid()
    second.release()
    assert second.announced()["pid"] == os.getpid()
    first.release()
    assert second.take()
    assert second.announced() == {}
    second.release()


def test_redis_refuses_whoever_has_no_password(private_redis: RedisServer) -> None:
    with redis.Redis.from_url(private_redis.url) as known:
        assert known.ping()
    with socket.create_connection(("127.0.0.1", private_redis.port), timeout=5) as stranger:
        stranger.sendall(b"PING\r\n")
        assert stranger.recv(100).startswith(b"-NOAUTH")


def test_redis_is_reached_at_the_same_address_after_kill_9(private_redis: RedisServer) -> None:
    private_redis.kill()
    with redis.Redis.from_url(private_redis.url) as client:
        with pytest.raises(redis.ConnectionError):
            client.ping()
        private_redis.start()
        assert client.ping()


def test_a_paused_redis_takes_connections_and_answers_nothing(private_redis: RedisServer) -> None:
    private_redis.pause()
    with socket.create_connection(("127.0.0.1", private_redis.port), timeout=0.3) as connection:
        connection.sendall(f"AUTH {private_redis.password}\r\n".encode())
        with pytest.raises(TimeoutError):
            connection.recv(1)
    private_redis.resume()
    with redis.Redis.from_url(private_redis.url) as client:
        assert client.ping()
