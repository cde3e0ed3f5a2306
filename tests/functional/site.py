"""The real site on the test database: gunicorn, with a Celery worker and a publisher where a test needs them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runner import programs
from runner.paths import temporary_directory
from runner.ports import free_port
from runner.services import private_redis

from tests.integration.faults.broker import at_rest
from tests.services import child_environment
from tests.waiting import until

READY_SECONDS = 30.0


@dataclass(frozen=True)
class Site:
    """Where the site is, and what its programs run on."""

    address: str
    redis_url: str
    directory: Path

    @contextmanager
    def scoring(self) -> Iterator[None]:
        """A worker and a publisher at work meanwhile."""
        environment = child_environment(REDIS_URL=self.redis_url)
        worker = programs.worker(environment, self.directory / "worker.log")
        publisher = programs.publisher(environment, self.directory / "publisher.log")
        try:
            worker.start()
            publisher.start()
            worker.wait_until(lambda: worker.said(" ready."), seconds=READY_SECONDS)
            yield
        finally:
            publisher.kill()
            worker.kill()

    def logs(self) -> str:
        """All that the programs have said, with the mail that the web server would have sent."""
        return "\n".join(log.read_text(encoding="utf-8") for log in self.directory.glob("*.log"))

    def wait_until_scored(self) -> None:
        """Wait until nothing is left to be scored."""
        until(lambda: at_rest(self.redis_url), seconds=20, what="all check-ins are scored")


@contextmanager
def running_site(static_root: Path, **overrides: str) -> Iterator[Site]:
    """The web server on this test run's databases, with a Redis of its own.

    Each keyword is a variable of its environment.
    """
    directory, place = temporary_directory(), f"127.0.0.1:{free_port()}"
    redis = private_redis(directory)
    redis.start()
    environment = child_environment(REDIS_URL=redis.url, STATIC_ROOT=str(static_root), **overrides)
    web = programs.web(environment, directory / "web.log", bind=place)
    try:
        web.start()
        web.wait_until(lambda: web.said("Booting worker"), seconds=READY_SECONDS)
        yield Site(f"http://{place}", redis.url, directory)
    finally:
        web.kill()
        redis.kill()
        shutil.rmtree(directory, ignore_errors=True)
