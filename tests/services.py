"""A pytest plugin: the services that the tests need, and private ones for tests that stop and kill them.

`addopts` loads it before the settings are read. Where the environment names no PostgreSQL, Redis or keys, it
starts new ones once, for all workers of the run, and throws them away at the end; where it names them (under
script/test, or in a worker) it does nothing.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from os import environ
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "script"))

from runner import programs
from runner.child import Child
from runner.paths import temporary_directory
from runner.ports import free_port
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer
from runner.services import private_postgres as new_postgres
from runner.services import private_redis as new_redis
from runner.services import start_throwaway

ALIASES = {"DATABASE_URL": "default", "PORTAL_DATABASE_URL": "portal", "KEYSTORE_URL": "keystore"}
READY_SECONDS = 30.0


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start what is missing, before pytest-django reads the settings (a wrapper runs before all others)."""
    needed = not ({"-h", "--help", "--version", "-V"} & set(early_config.invocation_params.args))
    if needed:
        services = start_throwaway(everything=False)
        early_config.add_cleanup(services.stop)
        environ.update(services.environment)
    return (yield)


@pytest.fixture
def passable_directory() -> Iterator[Path]:
    """A directory that every user may pass: PostgreSQL runs as another user when the tests are root."""
    directory = temporary_directory()
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def private_redis(passable_directory: Path) -> Iterator[RedisServer]:
    """A running Redis for this test alone: `url`, `stop()`, `kill()`, `pause()`, `resume()`, `start()`."""
    server = new_redis(passable_directory)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def private_postgres(passable_directory: Path) -> Iterator[PostgresServer]:
    """A running PostgreSQL for this test alone, with the roles and no tables.

    `environment()`, `superuser_url(database)`, `stop()`, `kill()`, `start()`.
    """
    server = new_postgres(passable_directory)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def start_worker(passable_directory: Path) -> Iterator[Callable[..., Child]]:
    """Start a Celery worker on this test's databases: `start_worker(REDIS_URL=…) -> Child`, ready for tasks.

    Each keyword is a variable of its environment. `kill()` is kill -9 for the worker and its processes.
    """
    with ExitStack() as ended:

        def start(**overrides: str) -> Child:
            child = programs.worker(child_environment(**overrides), passable_directory / "worker.log")
            ended.callback(child.stop)
            child.start()
            child.wait_until(lambda: child.said(" ready."), seconds=READY_SECONDS)
            return child

        yield start


@pytest.fixture
def start_web(passable_directory: Path) -> Iterator[Callable[..., tuple[Child, str]]]:
    """Start the web server on this test's databases: `start_web(REDIS_URL=…) -> (Child, address)`.

    It listens on a free port, and answers when this returns.
    """
    with ExitStack() as ended:

        def start(**overrides: str) -> tuple[Child, str]:
            place = f"127.0.0.1:{free_port()}"
            log = passable_directory / "web.log"
            child = programs.web(child_environment(**overrides), log, bind=place)
            ended.callback(child.stop)
            child.start()
            child.wait_until(lambda: child.said("Booting worker"), seconds=READY_SECONDS)
            return child, f"http://{place}"

        yield start


def child_environment(**overrides: str) -> Mapping[str, str]:
    """The environment of a program that works on this test's databases, where it sees committed rows."""
    from django.db import connections

    named = {
        variable: urlunsplit(
            urlsplit(environ[variable])._replace(path=f"/{connections[alias].settings_dict['NAME']}")
        )
        for variable, alias in ALIASES.items()
    }
    return programs.surroundings(named | overrides)
