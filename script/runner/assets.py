"""Collecting the static files in one directory, only when one of them has changed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from runner import programs
from runner.console import RefusalError
from runner.packages import STAMP
from runner.paths import PROJECT, VENV, alone
from runner.tasks import FailedError, run

COLLECTED = PROJECT / "static-collected"
FINISHED = COLLECTED / ".countersign-collected"
SOURCES = ("dashboard/static", "dashboard/assets.py", "clinic/settings.py")
"""What the project itself adds to the static files, and what decides which packages' files are among them."""


def prepare(services: Mapping[str, str], log: Path) -> str:
    """Run collectstatic when a source has changed; says what was done. RefusalError when it fails."""
    wanted = digest()
    with alone():
        if FINISHED.exists() and FINISHED.read_text(encoding="utf-8") == wanted:
            return "unchanged"
        _collect(services, log)
        FINISHED.write_text(wanted, encoding="utf-8")
    return "collected"


def _collect(services: Mapping[str, str], log: Path) -> None:
    command = ["collectstatic", "--noinput", "--clear"]
    environment = programs.surroundings_of_command(command, services) | {"STATIC_ROOT": str(COLLECTED)}
    COLLECTED.mkdir(exist_ok=True)
    try:
        run(programs.manage(*command), log=log, environment=environment)
    except FailedError as failure:
        raise RefusalError(f"the static files could not be collected.\n{failure}") from failure


def digest() -> str:
    """A hash of the project's own static files and of the stamps of the installed packages."""
    stamps = [PROJECT / "node_modules" / ".countersign-installed", VENV / STAMP]
    hashed = hashlib.sha256()
    for place in [*stamps, *(PROJECT / name for name in SOURCES)]:
        for path in _files(place):
            hashed.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return hashed.hexdigest()


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(path for path in place.rglob("*") if path.is_file())
    return [place] if place.exists() else []
