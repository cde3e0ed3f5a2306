"""Making the data of a PostgreSQL server: the cluster, the project's roles and databases."""

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from runner import roles
from runner.console import RefusalError
from runner.installation import Postgres
from runner.spawn import as_user
from runner.tasks import FailedError, run

SUPERUSER = "postgres"


def new_passwords() -> dict[str, str]:
    """A random password for the superuser and each role."""
    return {SUPERUSER: secrets.token_hex(24), **roles.new_passwords()}


def make(
    *, directory: Path, installation: Postgres, passwords: Mapping[str, str], log: Path, throwaway: bool
) -> Path:
    """Make the data in `directory`/data with all roles and databases; complete or not there at all.

    Data to be thrown away is not forced to the disk.
    """
    directory.mkdir(parents=True, exist_ok=True)
    _give(directory, 0o700, installation.user)
    fresh = directory / "unfinished"
    shutil.rmtree(fresh, ignore_errors=True)
    password_file = directory / f"password-{secrets.token_hex(4)}"
    try:
        password_file.touch(mode=0o600)
        password_file.write_text(passwords[SUPERUSER], encoding="utf-8")
        _give(password_file, 0o600, installation.user)
        _initialise(fresh, password_file, installation, log, ["--no-sync"] if throwaway else [])
        _run_sql(fresh, [roles.without_large_objects()], installation, database="template1")
        _run_sql(fresh, roles.statements(passwords), installation, database="postgres")
    finally:
        password_file.unlink()
    return fresh.rename(directory / "data")


def bare_environment() -> dict[str, str]:
    """Nothing of ours but the path: PGDATA, PGPORT and their kind would override what is asked for."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(
    fresh: Path, password_file: Path, installation: Postgres, log: Path, further: list[str]
) -> None:
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = ["-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={password_file}"]
    try:
        run(
            [installation.programs / "initdb", "-D", fresh, *access, *locale, *further],
            log=log,
            environment=bare_environment(),
            directory=fresh.parent,
            user=installation.user,
        )
    except FailedError as failure:
        raise RefusalError(f"PostgreSQL could not make its data in {fresh.parent}.\n{failure}") from failure


def _run_sql(fresh: Path, statements: list[str], installation: Postgres, *, database: str) -> None:
    """Run the statements in the server's single-user mode: it needs no client, no port and no password."""
    finished = subprocess.run(
        [installation.programs / "postgres", "--single", "-D", fresh, database],
        input="".join(f"{statement}\n" for statement in statements),
        capture_output=True,
        text=True,
        check=False,
        cwd=fresh.parent,
        env=bare_environment(),
        **as_user(installation.user),
    )
    # Single-user mode ends with status 0 whatever its statements did.
    if finished.returncode != 0 or "ERROR:" in finished.stderr:
        raise RefusalError(f"PostgreSQL could not make its roles.\n{finished.stderr.strip()}")


def _give(path: Path, mode: int, user: str | None) -> None:
    path.chmod(mode)
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)
