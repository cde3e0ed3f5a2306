"""Two web servers, three workers, two publishers, two clocks and a PostgreSQL, each killed in turn under a small load.

Nothing that was committed is lost, nothing is doubled, and people go on by themselves: a form whose answer never came
is sent again to the other web server.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest
from django.db import connections
from runner.child import Child
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer

from audit.models import AuditEntry, SequencedEntry
from clinic.clock import now
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from recommendations import pipeline
from recommendations.models.reading import MoodReading
from tests.cast import assemble
from tests.integration.faults.broker import at_rest
from tests.integration.faults.clinic_of_many import drafts, patients_with_check_ins, readings
from tests.visitor import Form, Visitor
from tests.waiting import until

pytestmark = pytest.mark.faults

PEOPLE = 3
LONGEST_SECONDS = 120.0
STORED = "Saved."


@dataclass
class Person:
    """Somebody who checks in again and again, wherever a web server answers."""

    name: str
    addresses: list[str]
    saved: int = 0
    faults: list[str] = field(default_factory=list)

    def live(self, ended: threading.Event) -> None:
        """Sign in and check in until told to stop; what goes wrong in a way that nobody may see is kept."""
        visitor = Visitor(self.addresses[0])
        self._until_it_works(lambda: visitor.sign_in(self.name).status == 200, visitor)
        while not ended.is_set():
            self._until_it_works(partial(self._sent, visitor, self._form(visitor)), visitor)
            self.saved += 1

    def _form(self, visitor: Visitor) -> Form:
        """An empty check-in, with the id by which it is stored once."""
        found: list[Form] = []

        def opened() -> bool:
            found.append(visitor.get("/my/check-in/").form("/my/check-in/"))
            return True

        self._until_it_works(opened, visitor)
        return found[0]

    def _sent(self, visitor: Visitor, form: Form) -> bool:
        form.action = visitor.address + "/my/check-in/"
        answer = visitor.submit(form, {"mood": "5", "note": ""})
        if answer.status == 200 and STORED not in answer.text:
            self.faults.append(answer.text[:300])
        return answer.status == 200

    def _until_it_works(self, act: Callable[[], bool], visitor: Visitor) -> None:
        """Try again and again, each time at the other server."""
        while not _worked(act):
            here = self.addresses.index(visitor.address)
            visitor.address = self.addresses[(here + 1) % len(self.addresses)]


def _worked(act: Callable[[], bool]) -> bool:
    try:
        return act()
    except (URLError, HTTPException, OSError, AssertionError):
        return False


@contextmanager
def living(people: list[Person]) -> Iterator[None]:
    """All of them check in meanwhile."""
    ended = threading.Event()
    threads = [threading.Thread(target=person.live, args=(ended,), daemon=True) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(LONGEST_SECONDS)


def go_on(people: list[Person], what: str) -> None:
    """Each of them has saved once more."""
    before = [person.saved for person in people]
    until(
        lambda: all(person.saved > was for person, was in zip(people, before, strict=True)),
        seconds=LONGEST_SECONDS,
        what=what,
    )


@pytest.fixture
def start_clock(start_celery: Callable[..., Child], tmp_path: Path) -> Callable[..., Child]:
    """Start Celery's clock with its own file, in a hurry: what runs each night runs each second."""

    def start(number: int, **services: str) -> Child:
        options = ("--pidfile=", "--schedule", str(tmp_path / f"schedule-{number}"), "--max-interval", "1")
        return start_celery("beat", *options, app="tests.integration.faults.hurried", **services)

    return start


@dataclass(frozen=True)
class Running:
    """The programs of a clinic on more than one machine."""

    webs: list[tuple[Child, str]]
    workers: list[Child]
    publishers: list[Child]
    clocks: list[Child]


def kill_in_turn(running: Running, people: list[Person], postgres: PostgresServer) -> None:
    """Each web server with a clock, a worker with a publisher, PostgreSQL, another worker; people go on each time."""
    for (web, _place), clock in zip(running.webs, running.clocks, strict=True):
        web.kill()
        clock.kill()
        go_on(people, "everybody goes on beside a killed web server and a killed clock")
        web.start()
        web.wait_until(partial(web.said, "Booting worker"), seconds=30)
    running.clocks[0].start()
    running.workers[0].kill()
    running.publishers[0].kill()
    go_on(people, "everybody goes on beside a killed worker and publisher")
    postgres.kill()
    postgres.start()
    connections.close_all()
    go_on(people, "everybody goes on after PostgreSQL was killed and started")
    running.workers[1].kill()
    go_on(people, "everybody goes on with one worker left")


def test_each_program_is_killed_in_turn_under_load_and_nothing_is_lost_or_doubled(
    addresses: dict[str, str],
    private_postgres: PostgresServer,
    private_redis: RedisServer,
    start_web: Callable[..., tuple[Child, str]],
    start_worker: Callable[..., Child],
    start_publisher: Callable[..., Child],
    start_clock: Callable[..., Child],
) -> None:
    patients = patients_with_check_ins(assemble(), PEOPLE)
    before = CheckIn.objects.count()
    services = addresses | {"REDIS_URL": private_redis.url}
    running = Running(
        webs=[start_web(**services) for _ in range(2)],
        workers=[start_worker(**services) for _ in range(3)],
        publishers=[start_publisher(**services) for _ in range(2)],
        clocks=[start_clock(number, **services) for number in range(2)],
    )
    people = [
        Person(f"patient-{number}", [place for _web, place in running.webs]) for number in range(PEOPLE)
    ]
    with living(people):
        go_on(people, "everybody checks in")
        kill_in_turn(running, people, private_postgres)
    assert [fault for person in people for fault in person.faults] == []
    saved = sum(person.saved for person in people)
    assert CheckIn.objects.count() - before == saved
    assert AuditEntry.objects.filter(action="check_in_saved").count() == before + saved
    what = "the clock that came back has the log put in order"
    until(lambda: SequencedEntry.objects.count() >= before + saved, seconds=LONGEST_SECONDS, what=what)
    running.clocks[0].kill()
    what = "the last worker has done everything"
    until(lambda: at_rest(private_redis.url), seconds=LONGEST_SECONDS, what=what)
    assert_scored(patients)


def assert_scored(patients: list[Patient]) -> None:
    """All that was entered is in a reading: scoring everybody once more finds nothing new; no draft stands twice."""
    found = MoodReading.objects.filter(patient__in=patients).values("patient").distinct()
    assert found.count() == len(patients)
    assert pipeline.score([patient.pk for patient in patients], at=now()).readings == 0
    assert readings()
    assert set(drafts().values()) <= {1}
