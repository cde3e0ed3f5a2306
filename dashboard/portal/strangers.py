"""Words from nobody we know: anybody may send such a form without signing in, and reading costs time.

So little is read of each and few of one address, and whoever comes after that is shown the general card unread: nobody
goes without help for it. Counted in the memory of each process, so that it needs neither PostgreSQL nor Redis.
"""

from collections import deque
from threading import Lock
from time import monotonic

from django.http import HttpRequest

LONGEST_END = 5_000
"""Characters read from the beginning and the end of a text: together as long as a note may be. A patient's own text is
read whole."""

MOST, SECONDS = 10, 60.0
"""Texts of one address that are read within so many seconds."""

MOST_ADDRESSES = 10_000
"""As many are remembered; beyond that the one that was quiet for longest is forgotten."""

_read: dict[str, deque[float]] = {}
_lock = Lock()


def may_read(request: HttpRequest) -> bool:
    """Count a text of this address, and say whether it is still read."""
    address, now = str(request.META.get("REMOTE_ADDR", "")), monotonic()
    with _lock:
        times = _read.pop(address, None) or deque[float](maxlen=MOST)
        _read[address] = times
        if len(_read) > MOST_ADDRESSES:
            del _read[next(iter(_read))]
        if len(times) == MOST and now - times[0] < SECONDS:
            return False
        times.append(now)
        return True


def shortened(text: str) -> str:
    """The beginning and the end of a long text."""
    if len(text) <= 2 * LONGEST_END:
        return text
    return f"{text[:LONGEST_END]}\n{text[-LONGEST_END:]}"


def forget() -> None:
    """Forget every count; for tests."""
    with _lock:
        _read.clear()
