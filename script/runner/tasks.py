"""Commands that end by themselves: run to the end, said to a log, shown only when they fail."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from runner.logs import last_lines
from runner.paths import PROJECT
from runner.spawn import spawn


class FailedError(Exception):
    """A command ended with a status other than 0; the message is its last lines."""


def run(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    directory: Path = PROJECT,
    show: bool = False,
    user: str | None = None,
) -> None:
    """Run a command to its end, its output to `log`, or straight to the reader with `show`.

    Raises FailedError. When this program is interrupted, the command and all that it started end with it.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        began = output.tell()
        running = spawn(
            command,
            environment=environment,
            directory=directory,
            output=None if show else output,
            user=user,
        )
        try:
            status = running.wait()
        except BaseException:
            _end(running)
            raise
    if status != 0:
        raise FailedError("    (see above)" if show else last_lines(log, began=began, count=20))


def output_of(command: Sequence[str | Path]) -> str:
    """What a command prints, stripped; empty when it is missing or fails."""
    try:
        finished = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return finished.stdout.strip()


def _end(running: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=2)
        os.killpg(running.pid, signal.SIGKILL)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    except ProcessLookupError:
        running.wait()
