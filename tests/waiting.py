"""Waiting for something that other programs do: asked again and again until a deadline, never slept for."""

import time
from collections.abc import Callable

POLL_SECONDS = 0.03


def until(condition: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Wait until `condition()` is true and return the seconds it took; AssertionError says `what` did not happen."""
    began = time.monotonic()
    while not condition():
        passed = time.monotonic() - began
        assert passed < seconds, f"after {passed:.0f} s still not: {what}"
        time.sleep(POLL_SECONDS)
    return time.monotonic() - began
