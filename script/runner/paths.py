"""Where things lie: the project, its environment, and who may reach a directory."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.console import RefusalError

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "script"
VENV = PROJECT / ".venv"


def python_of(venv: Path = VENV) -> Path:
    """The interpreter of a virtual environment."""
    return venv / "bin" / "python"


def reachable_by_anyone(directory: Path) -> bool:
    """Whether every user of the machine may pass through `directory` and all that is above it."""
    try:
        return all(place.stat().st_mode & 0o001 for place in [directory, *directory.parents])
    except OSError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """One script at a time installs into the project; another waits for it here."""
    project = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(project, fcntl.LOCK_EX)
        yield
    finally:
        os.close(project)


def place_for_root() -> Path:
    """Where root keeps what the user that PostgreSQL runs as must reach. Raises RefusalError."""
    for base in (Path("/var/lib/countersign"), Path("/var/tmp/countersign")):
        try:
            base.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue
        # Anybody may make a directory in /var/tmp: one that is not root's own is not trusted.
        if reachable_by_anyone(base) and base.stat().st_uid == 0 and not base.is_symlink():
            return base
    raise RefusalError(
        "root can make its databases neither in /var/lib/countersign nor in /var/tmp/countersign."
    )


def temporary_directory() -> Path:
    """A new directory for throw-away services, reachable by the user that PostgreSQL runs as."""
    candidates = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/tmp")]
    parent = next((place for place in candidates if reachable_by_anyone(place)), candidates[0])
    directory = Path(tempfile.mkdtemp(prefix="countersign-", dir=parent))
    directory.chmod(0o711)
    return directory
