"""A program that runs for as long as this one does, and never longer."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from runner.console import RefusalError
from runner.logs import last_lines
from runner.spawn import spawn

POLL_SECONDS = 0.02


class Child:
    """A program started as a direct child in a session of its own, its output in one log file.

    It is ended with everything that it started; it ends by itself when its parent is killed (on Linux).
    `user` (only for root) runs it as that user. `stop_signal` asks it to end; after `grace` seconds it is
    killed. When its parent is killed it gets `death_signal` (unless told, the same). A child may be started
    again after it has ended, with the same command.
    """

    def __init__(
        self,
        *,
        name: str,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        log: Path,
        directory: Path,
        user: str | None = None,
        stop_signal: int = signal.SIGTERM,
        death_signal: int | None = None,
        grace: float = 3.0,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self.name, self.command, self.environment = name, list(command), dict(environment)
        self.log, self.directory, self.user = log, directory, user
        self.stop_signal, self.grace, self.pass_fds = stop_signal, grace, pass_fds
        self.death_signal = stop_signal if death_signal is None else death_signal
        self._running: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    def start(self) -> None:
        """Start the program; what it says is added to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._log_start = output.tell()
            self._running = spawn(
                self.command,
                environment=self.environment,
                directory=self.directory,
                output=output,
                user=self.user,
                death_signal=self.death_signal,
                pass_fds=self.pass_fds,
            )

    @property
    def pid(self) -> int:
        """The process id of the program; raises RuntimeError before the first start."""
        if self._running is None:
            raise RuntimeError(f"{self.name} was never started.")
        return self._running.pid

    @property
    def exit_status(self) -> int | None:
        """None while it runs or before the first start, then its status (minus the signal's number)."""
        return None if self._running is None else self._running.poll()

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self._running is not None and self._running.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to the program and all that it started; nothing happens when all have ended."""
        if self._running is None:
            return
        try:
            os.killpg(self._running.pid, number)
        except ProcessLookupError:
            return

    def ask_to_stop(self) -> None:
        """Ask the program to end, without waiting for it."""
        if self.alive:
            os.kill(self.pid, self.stop_signal)

    def stop(self, *, waited: float = 0.0) -> None:
        """Ask it to end, wait `grace` seconds less those `waited` already, then kill what is left of it."""
        if self._running is None:
            return
        self.ask_to_stop()
        try:
            self._running.wait(timeout=max(0.0, self.grace - waited))
        except subprocess.TimeoutExpired:
            self.kill()
        self.signal(signal.SIGKILL)

    def kill(self) -> None:
        """kill -9, for the program and all that it started, also what has left its session (on Linux)."""
        if self._running is None:
            return
        self.signal(signal.SIGSTOP)  # so that it starts nothing new in between
        strays = _started_by(self._running.pid) if self.alive else []
        self.signal(signal.SIGKILL)
        for stray in strays:
            with suppress(ProcessLookupError):
                os.kill(stray, signal.SIGKILL)
        self._running.wait()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `ready()`; RefusalError when the program ends before that or `seconds` have passed."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.alive:
                raise RefusalError(f"{self.name} ended with status {self.exit_status}.\n{self.last_lines()}")
            if time.monotonic() > deadline:
                raise RefusalError(f"{self.name} was not ready after {seconds:.0f} s.\n{self.last_lines()}")
            time.sleep(POLL_SECONDS)

    def last_lines(self) -> str:
        """The last lines that it wrote since its last start, with the place of the whole log."""
        return last_lines(self.log, began=self._log_start)

    def said(self, words: str) -> bool:
        """Whether it wrote these words since its last start."""
        with self.log.open("rb") as written:
            written.seek(self._log_start)
            return words.encode() in written.read()


def _started_by(pid: int) -> list[int]:
    """The direct children of a process; none where the system does not tell."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
