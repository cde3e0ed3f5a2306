"""A PostgreSQL server of our own: made in a directory, on a free port of this machine, ended with us."""

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from runner import cluster, roles
from runner.child import Child
from runner.console import RefusalError
from runner.installation import Postgres
from runner.ports import free_port

READY_SECONDS = 30.0
"""Enough to recover after kill -9; an orderly start takes a fifth of a second."""

RETRY_SECONDS = 0.05
STILL_IN_USE = "is still in use"
"""What PostgreSQL says while sessions of a server that was killed go on for a moment."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    # A statement that fails holds the values of its row, a password's digest or a session's key among them.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROWAWAY = {"fsync": "off", "full_page_writes": "off"}
"""For data that nobody misses after a power cut: tests. What was committed still survives kill -9."""


class PostgresServer:
    """A server with the project's roles and databases (see `runner.roles`).

    `directory` belongs to it alone; its parents must be passable by the user it runs as. `passwords` holds
    one for each role and for the superuser. The port stays the same from one start to the next.
    """

    def __init__(
        self,
        *,
        directory: Path,
        installation: Postgres,
        passwords: Mapping[str, str],
        log: Path,
        throwaway: bool = False,
    ) -> None:
        self.directory, self.installation, self.passwords, self.log = directory, installation, passwords, log
        self.data, self.throwaway = directory / "data", throwaway
        self.settings = SETTINGS | (THROWAWAY if throwaway else {})
        self.port = 0
        self.child: Child | None = None

    def start(self) -> None:
        """Make the server's data where there is none, start it and wait until it answers."""
        if not (self.data / "PG_VERSION").exists():
            cluster.make(
                directory=self.directory,
                installation=self.installation,
                passwords=self.passwords,
                log=self.log,
                throwaway=self.throwaway,
            )
        self._refuse_other_version()
        self._end_leftover()
        self.port = self.port or free_port()
        chosen = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        self.child = Child(
            name="PostgreSQL",
            command=[self.installation.programs / "postgres", "-D", self.data, "-p", str(self.port), *chosen],
            environment=cluster.bare_environment(),
            log=self.log,
            directory=self.directory,
            user=self.installation.user,
            stop_signal=signal.SIGINT,  # its fast shutdown: clients are cut off, nothing is lost
            grace=8.0,
        )
        self._start_when_free(self.child)

    def stop(self) -> None:
        """End it in order; nothing happens when it does not run."""
        if self.child is not None:
            self.child.stop()

    def kill(self) -> None:
        """kill -9; what was committed is there again after the next start."""
        if self.child is not None:
            self.child.kill()

    def environment(self) -> dict[str, str]:
        """The variables that the settings read, with the URL of each role."""
        return roles.urls(self.passwords, f"postgres://127.0.0.1:{self.port}/")

    def superuser_url(self, database: str = "postgres") -> str:
        """The URL of the superuser, whom no program of the project ever gets."""
        return f"postgres://{cluster.SUPERUSER}:{self.passwords[cluster.SUPERUSER]}@127.0.0.1:{self.port}/{database}"

    def _start_when_free(self, child: Child) -> None:
        """Start it, again and again while sessions of a killed server have not noticed that it is gone."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            child.start()
            try:
                return child.wait_until(self._ready, seconds=READY_SECONDS)
            except RefusalError:
                if child.alive or not child.said(STILL_IN_USE) or time.monotonic() > deadline:
                    child.kill()
                    raise
            time.sleep(RETRY_SECONDS)

    def _refuse_other_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        if made_by != str(self.installation.version):
            raise RefusalError(
                f"the data in {self.data} was made by PostgreSQL {made_by}, and {self.installation.version} "
                "was found now. Install that version, or start again with --fresh."
            )

    def _ready(self) -> bool:
        """Whether the server says so in its own file, as pg_ctl reads it."""
        lines = self._status_lines()
        return (
            len(lines) > 7
            and lines[7].strip() == "ready"
            and int(lines[0]) == (self.child and self.child.pid)
        )

    def _status_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _end_leftover(self) -> None:
        """End a server that outlived its supervisor; possible only where no death signal exists."""
        lines = self._status_lines()
        if not lines:
            return
        pid = int(lines[0])
        if str(self.data) not in _command_line(pid):
            (self.data / "postmaster.pid").unlink()
            return
        os.kill(pid, signal.SIGQUIT)
        deadline = time.monotonic() + READY_SECONDS
        while _command_line(pid) and time.monotonic() < deadline:
            time.sleep(0.05)


def _command_line(pid: int) -> str:
    """The command line of a program that runs, empty when it does not or nobody can tell."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
