"""Running several programs until a signal comes or one of them ends, and then ending all of them."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from runner.child import Child

LOOK_SECONDS = 0.1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Asked:
    """Whether somebody asked this program to end: Ctrl-C, SIGTERM, or a closed terminal.

    While `interrupting`, being asked raises KeyboardInterrupt in what runs now; else it only sets a flag (a
    plain one: a handler that takes a lock could wait for ever for the code that it interrupts).
    """

    def __init__(self) -> None:
        self.interrupting = True
        self.to_end = False
        for number in SIGNALS:
            signal.signal(number, self._take)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        self.to_end = True
        if self.interrupting:
            self.interrupting = False
            raise KeyboardInterrupt


def watch(children: Sequence[Child], asked: Asked) -> Child | None:
    """Wait until this program is asked to end (None) or a child ends by itself (that child)."""
    while not asked.to_end:
        for child in children:
            if not child.alive:
                return child
        time.sleep(LOOK_SECONDS)
    return None


def stop_all(children: Sequence[Child], stop_services: Callable[[], None]) -> float:
    """End all programs side by side, then the services under them; the seconds that it took."""
    began = time.monotonic()
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(waited=time.monotonic() - began)
    stop_services()
    return time.monotonic() - began
