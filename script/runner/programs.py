"""The project's own programs: web server, worker, clock and publisher, and single management commands."""

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

from runner.child import Child
from runner.paths import PROJECT, python_of

OWNER_VARIABLE = "DATABASE_OWNER_URL"
OWNER_COMMANDS = {"migrate"}
"""The commands that act as the owner of the tables; no other program learns the owner's password."""

CONCURRENCY = 2
"""Web server processes, and worker processes."""


def surroundings(services: Mapping[str, str]) -> dict[str, str]:
    """The environment of every program: ours, with the services', without the owner's password.

    Python may keep its compiled modules: without them each of the programs starts seconds later.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    whole = inherited | dict(services) | {"PYTHONUNBUFFERED": "1"}
    whole.pop(OWNER_VARIABLE, None)
    return whole


def surroundings_of_command(command: Sequence[str], services: Mapping[str, str]) -> dict[str, str]:
    """The environment of a management command; with the owner's password for those that need it."""
    whole = surroundings(services)
    owner = services.get(OWNER_VARIABLE) or os.environ.get(OWNER_VARIABLE)
    if owner and command and command[0] in OWNER_COMMANDS:
        whole[OWNER_VARIABLE] = owner
    return whole


def manage(*arguments: str) -> list[str]:
    """The command line of a management command."""
    return [str(python_of()), str(PROJECT / "manage.py"), *arguments]


def web(environment: Mapping[str, str], log: Path, *, bind: str, pass_fds: Sequence[int] = ()) -> Child:
    """The web server, not yet started. `bind`: host:port, or fd://N for a socket that listens already."""
    memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []
    command = [str(python_of()), "-m", "gunicorn", "clinic.wsgi:application", "--bind", bind, *memory]
    sizes = ["--workers", str(CONCURRENCY), "--threads", "4", "--graceful-timeout", "2"]
    return _program("web", [*command, *sizes, "--no-control-socket"], environment, log, pass_fds=pass_fds)


def worker(environment: Mapping[str, str], log: Path, *, concurrency: int = CONCURRENCY) -> Child:
    """A Celery worker with this many processes, not yet started."""
    lonely = ["--without-gossip", "--without-mingle"]  # it has no other workers to greet
    command = [*_celery("worker"), "--concurrency", str(concurrency), *lonely]
    # SIGTERM lets a task end first, and nobody waits for it when this program was killed.
    return _program("worker", command, environment, log, death_signal=signal.SIGQUIT)


def beat(environment: Mapping[str, str], log: Path, *, schedule: Path) -> Child:
    """Celery's clock, not yet started; it keeps when things last ran in the file `schedule`."""
    return _program("beat", [*_celery("beat"), "--pidfile=", "--schedule", str(schedule)], environment, log)


def publisher(environment: Mapping[str, str], log: Path) -> Child:
    """What sends the outbox to Celery, not yet started."""
    return _program("publisher", manage("publish_outbox"), environment, log)


def _celery(program: str) -> list[str]:
    return [str(python_of()), "-m", "celery", "-A", "clinic.celery:app", program, "--loglevel", "INFO"]


def _program(
    name: str,
    command: list[str],
    environment: Mapping[str, str],
    log: Path,
    *,
    pass_fds: Sequence[int] = (),
    death_signal: int = signal.SIGTERM,
) -> Child:
    return Child(
        name=name,
        command=command,
        environment=environment,
        log=log,
        directory=PROJECT,
        pass_fds=pass_fds,
        death_signal=death_signal,
    )
