"""A program in the reader's own terminal: it reads the keyboard, and Ctrl-C goes to it."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from runner.spawn import bound


def run(command: Sequence[str], environment: Mapping[str, str], *, directory: Path | None = None) -> int:
    """Run it to its end; its exit status as a shell gives it (128 and the number of a signal that ended it).

    Ctrl-C reaches it from the terminal; SIGTERM and SIGHUP are handed on. `directory` None: where we are.
    """
    running = subprocess.Popen(bound(command), env=dict(environment), cwd=directory)

    def hand_on(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGINT:
            running.send_signal(signal.SIGTERM)

    before = {
        number: signal.signal(number, hand_on) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        status = running.wait()
    finally:
        for number, action in before.items():
            signal.signal(number, action)
    return status if status >= 0 else 128 - status
