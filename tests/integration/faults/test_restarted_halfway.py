"""PostgreSQL is restarted in the middle of scoring and of an import: done in the end, whole or not at all, and once."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from runner.child import Child
from runner.paths import PROJECT, python_of
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer

from clinic.models.imported import ImportBatch, ImportedResource
from clinic.models.patient import Patient
from recommendations.models.reading import MoodReading
from tests.cast import assemble
from tests.integration.faults.broker import at_rest
from tests.integration.faults.clinic_of_many import ask_for, assert_scored_once, patients_with_check_ins
from tests.integration.faults.halfway import IMPORTING, SCORING, count, locked
from tests.integration.imports.bundles import bundle, observation, person
from tests.services import child_environment
from tests.waiting import until

pytestmark = pytest.mark.faults

PATIENTS = 8
HOW = pytest.mark.parametrize("how", ["stop", "kill"])


@contextmanager
def restarted(server: PostgresServer, how: str, *, table: str, waiting: str, what: str) -> Iterator[None]:
    """PostgreSQL goes away while somebody waits for the table, and comes back."""
    name = str(connections["default"].settings_dict["NAME"])
    with locked(server.superuser_url(name), table) as cursor:
        yield
        until(lambda: count(cursor, waiting) > 0, seconds=30, what=what)
        connections.close_all()
        getattr(server, how)()
    server.start()


@HOW
def test_scoring_that_postgres_cut_off_is_done_again_by_the_same_worker_and_once(
    addresses: dict[str, str],
    private_postgres: PostgresServer,
    private_redis: RedisServer,
    start_worker: Callable[..., Child],
    start_publisher: Callable[..., Child],
    how: str,
) -> None:
    patients = patients_with_check_ins(assemble(), PATIENTS)
    services = addresses | {"REDIS_URL": private_redis.url}
    worker = start_worker(**services)
    what = "a chunk is scored halfway"
    with restarted(private_postgres, how, table="audit_entry", waiting=SCORING, what=what):
        ask_for(patients)
        publisher = start_publisher(**services)
    until(lambda: MoodReading.objects.count() == PATIENTS, seconds=30, what="everybody is scored")
    until(lambda: at_rest(private_redis.url), seconds=30, what="nothing waits any more")
    assert_scored_once(patients)
    assert worker.alive
    assert publisher.alive


def test_a_worker_that_tries_once_is_seen_to_lose_the_scoring(
    addresses: dict[str, str],
    private_postgres: PostgresServer,
    private_redis: RedisServer,
    start_celery: Callable[..., Child],
    start_publisher: Callable[..., Child],
) -> None:
    """The planted fault: nothing waits any more, and nobody is scored."""
    patients = patients_with_check_ins(assemble(), PATIENTS)
    services = addresses | {"REDIS_URL": private_redis.url}
    options = ("--concurrency", "1", "--without-gossip", "--without-mingle")
    start_celery("worker", *options, app="tests.integration.faults.resigned", **services)
    what = "a chunk is scored halfway"
    with restarted(private_postgres, "stop", table="audit_entry", waiting=SCORING, what=what):
        ask_for(patients)
        start_publisher(**services)
    until(lambda: at_rest(private_redis.url), seconds=30, what="nothing waits any more")
    assert not MoodReading.objects.exists()


@HOW
def test_an_import_that_postgres_cut_off_says_so_leaves_nothing_and_can_be_repeated(
    addresses: dict[str, str], private_postgres: PostgresServer, tmp_path: Path, how: str
) -> None:
    assemble()
    path = tmp_path / "bundle.json"
    weights = [observation("29463-7", when=f"2022-01-{day:02}T08:00:00Z") for day in range(1, 29)]
    path.write_text(bundle(person(), *weights))
    people = Patient.objects.count()
    command = [str(python_of()), str(PROJECT / "manage.py"), "import_fhir", str(path)]
    environment = child_environment(**addresses)
    what = "an import that waits for its last row"
    with restarted(private_postgres, how, table="clinic_importbatch", waiting=IMPORTING, what=what):
        running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    _out, said = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "Nothing of this file was stored." in said
    assert "Traceback" not in said
    assert (Patient.objects.count(), ImportedResource.objects.count()) == (people, 0)
    for _time in range(2):
        call_command("import_fhir", str(path))
        assert (Patient.objects.count(), ImportedResource.objects.count()) == (people + 1, 29)
    assert ImportBatch.objects.count() == 1
