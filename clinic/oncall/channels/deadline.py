"""One end for a talk with a server of somebody else, whatever it does: no answer about its name, a byte at a time."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

from clinic.bounded import asked

CONNECT_SECONDS = 3.0
MOST_UNFINISHED = 32
"""So many questions without an answer may be open; a further one is given up at once."""

_unfinished = threading.BoundedSemaphore(MOST_UNFINISHED)
_Result = TypeVar("_Result")


class Deadline:
    """Everything within the `with` ends when its time is over: the connection is cut, and TimeoutError comes out."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._own: list[socket.socket] = []
        self.is_over = False

    @property
    def left(self) -> float:
        """Seconds that are left. Raises TimeoutError where none is."""
        seconds = self._ends - time.monotonic()
        if seconds <= 0 or self.is_over:
            raise TimeoutError
        return seconds

    def looked_up(self, host: str, port: int) -> list[str]:
        """The addresses behind a name, those of IPv4 first."""
        found = self.asked(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        return sorted(dict.fromkeys(str(each[4][0]) for each in found), key=lambda ip: ":" in ip)

    def asked(self, work: Callable[[], _Result], *, at_most: float = 60.0) -> _Result:
        """What `work` returns or raises; for what cannot be cut, as asking for a name. It is left behind."""
        return asked(work, seconds=min(at_most, self.left), places=_unfinished)

    def connected(self, ips: Sequence[str], port: int) -> socket.socket:
        """A connection to the first of these that answers, which ends with the time, also while TLS is negotiated."""
        for number, ip in enumerate(ips, start=1):
            try:
                made = socket.create_connection((ip, port), min(CONNECT_SECONDS, self.left))
                break
            except OSError:
                if number == len(ips):
                    raise
        else:
            raise OSError("no address")
        made.settimeout(self.left)
        with self._lock:
            self._own.append(made.dup())
        if self.is_over:
            self._cut()
        return made

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for each in self._own:
                each.close()
            self._own.clear()
        if self.is_over and isinstance(error, OSError | http.client.HTTPException):
            raise TimeoutError from error

    def _cut(self) -> None:
        self.is_over = True
        with self._lock:
            for each in self._own:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
