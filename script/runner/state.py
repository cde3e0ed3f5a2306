"""The directory that holds what a checkout keeps between starts: data, keys, logs, and who uses it now."""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from runner.console import RefusalError
from runner.paths import PROJECT, place_for_root, reachable_by_anyone

VARIABLE = "COUNTERSIGN_STATE"
"""A directory to use instead of the usual one."""

MADE = ("postgres", "redis", "beat", "logs", "pages", "keys", "secrets", "running.json")
"""Everything in the directory that --fresh deletes: what stands here was made by us."""

LARGE_LOG = 5_000_000
"""Bytes after which a log is set aside at the next start."""


class State:
    """The state directory, and the lock that one server or one command holds on it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock: IO[str] | None = None

    def path(self, name: str) -> Path:
        """A place in the directory."""
        return self.directory / name

    def log(self, name: str) -> Path:
        """The log file of a program."""
        return self.directory / "logs" / f"{name}.log"

    def made(self, name: str) -> Path:
        """A directory in it that only its owner may enter, made if need be."""
        self.path(name).mkdir(mode=0o700, exist_ok=True)
        return self.path(name)

    def trimmed_logs(self) -> Path:
        """The directory of the logs, the large ones set aside as NAME.log.old."""
        for log in self.made("logs").glob("*.log"):
            if log.stat().st_size > LARGE_LOG:
                log.replace(log.with_suffix(".log.old"))
        return self.path("logs")

    def take(self) -> bool:
        """Take the lock; False when another process of this machine holds it. It ends with the process."""
        holder = self.path("lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder.close()
            return False
        self._lock = holder
        self.path("running.json").unlink(missing_ok=True)
        return True

    def announce(self, **facts: str | int) -> None:
        """Tell other scripts of this checkout what runs: address, ports, what it is."""
        written = self.path("running.json.new")
        written.write_text(json.dumps(facts | {"pid": os.getpid()}), encoding="utf-8")
        written.rename(self.path("running.json"))

    def announced(self) -> Mapping[str, str | int]:
        """What the holder of the lock has announced; empty while it starts."""
        try:
            facts = json.loads(self.path("running.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return dict(facts)

    def release(self) -> None:
        """Give the lock back, and with it what was announced; nothing happens without the lock."""
        if self._lock is not None:
            self.path("running.json").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def clear(self) -> None:
        """Delete all that was made here: databases, keys, passwords, logs."""
        for name in MADE:
            place = self.path(name)
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)


def open_state() -> State:
    """The state directory of this checkout, made if need be. Raises RefusalError."""
    if given := os.environ.get(VARIABLE):
        directory = _made(Path(given).resolve())
        if os.geteuid() == 0 and not reachable_by_anyone(directory):
            raise RefusalError(
                f"{directory} must be open to other users for passing: PostgreSQL runs as one."
            )
        return State(directory)
    if os.geteuid() != 0:
        return State(_made(PROJECT / ".state"))
    return State(_made(place_for_root() / _name()))


def _made(directory: Path) -> Path:
    directory.mkdir(mode=0o711, parents=True, exist_ok=True)
    return directory


def _name() -> str:
    """A name for this checkout's state: readable, and different for each place."""
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", PROJECT.name)[:40]
    return f"{readable}-{hashlib.sha256(str(PROJECT).encode()).hexdigest()[:12]}"
