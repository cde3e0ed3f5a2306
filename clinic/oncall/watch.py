"""The watch: a thread in every web server process and every worker that makes due steps and sends pages.

Any number of them may run. It needs PostgreSQL and nothing else, so that an alert goes on to the next person while
Redis, the workers, or all web servers but one are dead. It is started by the entrances of those programs
(`clinic.wsgi`, `clinic.celery`), never by a management command, and reads the clock for everything below it.
"""

import datetime as dt
import logging
import os
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections

from clinic import clock, pulse
from clinic.models.oncall import Channel
from clinic.oncall import delivery, noticing, paging
from clinic.oncall.delivery import Claim
from clinic.safety import letting_go, overdue
from clinic.safety.ledger import active

logger = logging.getLogger(__name__)

EVERY_SECONDS = 3.0
SIGN_OF_LIFE = dt.timedelta(seconds=5)
CALENDAR_EVERY = dt.timedelta(minutes=5)
SENDERS = 8
"""Pages that one program sends at the same time over each channel: a mail server that hangs holds no webhook up."""

TO_ONE = {Channel.WEBHOOK: 4}
"""So many of them to one recipient, where everybody has a server of their own."""

SWITCH = "COUNTERSIGN_WATCH"
"""Set to 0 it keeps a program from watching. Somebody else must, then."""


class Watch(threading.Thread):
    """One program's watch. `round` is one look; `run` looks again and again until `stop`."""

    def __init__(self, *, now: Callable[[], dt.datetime] = clock.now) -> None:
        super().__init__(name="watch", daemon=True)
        self._now = now
        self._ended = threading.Event()
        self._sending: dict[Channel, dict[threading.Thread, Claim]] = {each: {} for each in Channel}
        self._telling: threading.Thread | None = None
        self._failing: set[str] = set()

    def run(self) -> None:
        """Look, and wait; whatever goes wrong ends one look and never the watch."""
        while not self._ended.is_set():
            if self.round():
                connections.close_all()
            self._ended.wait(EVERY_SECONDS)
        connections.close_all()

    def round(self) -> list[str]:
        """Say that somebody watches, put back what nobody has any more, make due pages, begin to send waiting ones and
        waiting notices, look which thresholds are signed.

        Each by itself: whatever one meets, the others are done. Returns the names of those that failed.
        """
        parts: dict[str, Callable[[dt.datetime], object]] = {
            "sign of life": lambda at: pulse.claim(pulse.WATCH, at=at, within=SIGN_OF_LIFE),
            "alerts of nobody": lambda at: letting_go.sweep(at=at),
            "steps": lambda at: paging.escalate(at=at),
            "pages": self._send_waiting,
            "notices": self._tell_waiting,
            "thresholds": lambda at: active.look(),
            "calendar": _sweep,
        }
        close_old_connections()
        return [name for name, part in parts.items() if not self._done(name, part)]

    def _done(self, name: str, part: Callable[[dt.datetime], object]) -> bool:
        """Do one part. PostgreSQL being away is a line of each in the log, not one every three seconds."""
        try:
            part(self._now())
        except Exception:  # nobody else would go on
            if name not in self._failing:
                logger.exception("The watch over alerts failed (%s); it tries again every few seconds.", name)
            self._failing.add(name)
            close_old_connections()
            return False
        self._failing.discard(name)
        return True

    def _send_waiting(self, at: dt.datetime) -> None:
        for channel, sending in self._sending.items():
            for thread in [each for each in sending if not each.is_alive()]:
                del sending[thread]
            free, here = SENDERS - len(sending), list(sending.values())
            found = delivery.claim(
                at=at, most=free, channel=channel, under_way=here, to_one=TO_ONE.get(channel)
            )
            for claimed in found:
                sender = threading.Thread(target=self._send, args=(claimed,), name="page", daemon=True)
                sending[sender] = claimed
                sender.start()

    def _tell_waiting(self, at: dt.datetime) -> None:
        """One thread beside those of pages: a server that hangs holds up no page and no look."""
        if (self._telling is None or not self._telling.is_alive()) and noticing.waits(at=at):
            self._telling = self._begin(self._tell)

    def _begin(self, target: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=target, name="notices", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Look no more. What is being sent is sent."""
        self._ended.set()

    def _send(self, claimed: Claim) -> None:
        try:
            delivery.deliver(claimed, clock=self._now)
        except Exception:  # its claim runs out, and somebody tries again
            logger.exception("What became of a page could not be recorded.")
        finally:
            connections.close_all()

    def _tell(self) -> None:
        try:
            noticing.send_waiting(clock=self._now)
        except Exception:  # its claim runs out, and somebody tries again
            logger.exception("What became of a notice could not be recorded.")
        finally:
            connections.close_all()


def _sweep(at: dt.datetime) -> None:
    if pulse.claim(pulse.CALENDAR, at=at, within=CALENDAR_EVERY):
        overdue.sweep(at=at)


class _Here:
    """The watch of this process."""

    watch: Watch | None = None


def start(*, in_children: bool = False) -> None:
    """Begin to watch in this process; a second call changes nothing.

    `in_children`: processes that are forked off later watch too, as those of a web server that loaded the application
    first; those of a worker's pool must not.
    """
    if os.environ.get(SWITCH) == "0" or (_Here.watch is not None and _Here.watch.is_alive()):
        return
    if in_children and _Here.watch is None:
        os.register_at_fork(after_in_child=start)
    _Here.watch = Watch()
    _Here.watch.start()


def stop() -> None:
    """End this process's watch."""
    if _Here.watch is not None:
        _Here.watch.stop()
