"""Programs under these tests: publishers and clocks beside the workers and web servers of `tests.services`."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from runner import programs
from runner.child import Child
from runner.paths import PROJECT, python_of, temporary_directory
from runner.postgres_server import PostgresServer

from tests.integration.faults.own_postgres import copy_of, migrated, moved_to
from tests.services import child_environment
from tests.static_files import static_root

__all__ = ["static_root"]

READY_SECONDS = 30.0


@pytest.fixture
def start_worker(start_worker: Callable[..., Child]) -> Iterator[Callable[..., Child]]:
    """As everywhere, but killed at the end: an orderly end takes seconds that nobody needs here."""
    started: list[Child] = []

    def start(**overrides: str) -> Child:
        started.append(start_worker(**overrides))
        return started[-1]

    yield start
    for child in started:
        child.kill()


@pytest.fixture
def start_web(
    start_web: Callable[..., tuple[Child, str]], static_root: Path
) -> Callable[..., tuple[Child, str]]:
    """As everywhere, with the pages' static files."""
    return partial(start_web, STATIC_ROOT=str(static_root))


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[PostgresServer]:
    """A stopped server with every table, to be copied."""
    directory = temporary_directory()
    yield migrated(directory)
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def private_postgres(migrated_postgres: PostgresServer, passable_directory: Path) -> Iterator[PostgresServer]:
    """As everywhere, but with the tables."""
    server = copy_of(migrated_postgres, passable_directory)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def addresses(
    private_postgres: PostgresServer, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, str]]:
    """The variables that lead to a PostgreSQL of this test's own, which this process uses too."""
    with django_db_blocker.unblock(), moved_to(private_postgres) as addresses:
        yield addresses


@pytest.fixture
def start_publisher(passable_directory: Path) -> Iterator[Callable[..., Child]]:
    """Start a publisher on this test's databases: `start_publisher(REDIS_URL=…) -> Child`."""
    with ExitStack() as ended:

        def start(**overrides: str) -> Child:
            child = programs.publisher(child_environment(**overrides), passable_directory / "publisher.log")
            ended.callback(child.kill)
            child.start()
            return child

        yield start


@pytest.fixture
def start_celery(passable_directory: Path) -> Iterator[Callable[..., Child]]:
    """Start a Celery program with another configuration than production's: `start_celery("beat", app=…, …)`."""
    with ExitStack() as ended:

        def start(program: str, *options: str, app: str, **overrides: str) -> Child:
            command = [str(python_of()), "-m", "celery", "-A", app, program, "--loglevel", "INFO", *options]
            child = Child(
                name=program,
                command=command,
                environment=child_environment(**overrides),
                log=passable_directory / f"{program}.log",
                directory=PROJECT,
            )
            ended.callback(child.kill)
            child.start()
            return child

        yield start
