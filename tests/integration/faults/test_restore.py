"""The restore drill with the shipped scripts, between two real PostgreSQL clusters: all is back and proves itself."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker
from runner import programs
from runner.installation import find_postgres
from runner.paths import PROJECT, temporary_directory
from runner.postgres_server import PostgresServer
from runner.services import private_postgres as new_postgres

from audit.sequence import sequence
from clinic.models.patient import Patient
from tests.cast import assemble
from tests.factories import approved, check_in, open_drafts
from tests.integration.faults.own_postgres import moved_to

pytestmark = pytest.mark.faults

DEPLOY = PROJECT / "docs" / "deploy"


@pytest.fixture
def other_postgres() -> Iterator[PostgresServer]:
    """A second, empty cluster: the machine on which one restores."""
    server = new_postgres(temporary_directory())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def dumps(
    private_postgres: PostgresServer, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> dict[str, Path]:
    """The two dumps of a clinic with a check-in, a signed plan and a log in order; each in a place of its own."""
    with django_db_blocker.unblock(), moved_to(private_postgres):
        cast = assemble()
        draft, *_others = open_drafts(cast.patient, cast.treating)
        approved(draft, cast.treating)
        check_in(cast.patient, note="a quiet day by the river")
        sequence()
        assert Patient.objects.count() == 2
        connections.close_all()
    found = {}
    for part in ("main", "keys"):
        made = script("backup.sh", part, str(tmp_path / part), server=private_postgres)
        assert made.returncode == 0, made.stderr
        found[part] = Path(made.stdout.strip())
    return found


def script(name: str, *arguments: str, server: PostgresServer) -> subprocess.CompletedProcess[str]:
    """Run a shipped script as an operator would, with the addresses of `server`."""
    path = f"{find_postgres().programs}:{os.environ['PATH']}"
    environment = os.environ | server.environment() | {"PATH": path}
    command = ["sh", str(DEPLOY / name), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def command(*words: str, server: PostgresServer) -> subprocess.CompletedProcess[str]:
    """Run a management command on `server`, with the keys of this run."""
    environment = programs.surroundings_of_command(words, server.environment())
    whole = programs.manage(*words)
    return subprocess.run(whole, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_a_clinic_is_restored_from_two_dumps_and_its_log_and_its_words_are_whole(
    dumps: dict[str, Path], other_postgres: PostgresServer
) -> None:
    for part, dump in dumps.items():
        restored = script("restore.sh", part, str(dump), server=other_postgres)
        assert restored.returncode == 0, restored.stderr
    for words in (
        ["migrate", "--noinput"],
        ["check", "--database", "default"],
        ["verify_audit"],
        ["check_keys"],
    ):
        done = command(*words, server=other_postgres)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    assert "2 of 2 records open" in done.stdout


def test_a_restore_without_the_key_store_is_seen_and_opens_nothing(
    dumps: dict[str, Path], other_postgres: PostgresServer
) -> None:
    """The planted fault: only one of the two was restored."""
    assert script("restore.sh", "main", str(dumps["main"]), server=other_postgres).returncode == 0
    assert command("migrate", "--noinput", server=other_postgres).returncode == 0
    done = command("check_keys", server=other_postgres)
    assert done.returncode == 1
    assert "0 of 2 records open" in done.stderr


def test_nothing_is_restored_over_a_database_that_holds_something(
    dumps: dict[str, Path], private_postgres: PostgresServer
) -> None:
    refused = script("restore.sh", "main", str(dumps["main"]), server=private_postgres)
    assert refused.returncode == 1
    assert "Nothing was restored" in refused.stderr


def test_neither_dump_alone_holds_a_name_in_clear(dumps: dict[str, Path]) -> None:
    pg_restore = find_postgres().programs / "pg_restore"
    for dump in dumps.values():
        text = subprocess.run([pg_restore, "--file=-", dump], capture_output=True, check=True).stdout
        assert b"CREATE TABLE" in text
        assert [word for word in (b"Nwosu", b"river", b"960001") if word in text] == []
