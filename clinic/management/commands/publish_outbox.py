"""Hand what waits in the outbox to Celery, again and again until stopped."""

import datetime as dt
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from clinic import pulse
from clinic.celery import app
from clinic.clock import now
from clinic.outbox import publish

SIGN_OF_LIFE = dt.timedelta(seconds=10)


class Command(BaseCommand):
    """Publishes due messages, then waits; ends cleanly on SIGTERM and SIGINT."""

    help = "Publish what waits in the outbox to Celery; runs until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once` for a single round, `--every` for the pause between rounds."""
        parser.add_argument("--once", action="store_true", help="publish what is due now and end")
        parser.add_argument("--every", type=float, default=0.5, help="seconds between rounds (default 0.5)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish until stopped. PostgreSQL being away ends one round, not the command."""
        if options["once"]:
            self.stdout.write(f"{publish(app=app, at=now())} published")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            if not self._round():
                stop.wait(options["every"])

    def _round(self) -> int:
        close_old_connections()
        try:
            pulse.claim(pulse.PUBLISHER, at=now(), within=SIGN_OF_LIFE)
            return publish(app=app, at=now())
        except OperationalError as error:
            self.stderr.write(f"PostgreSQL does not answer; trying again. ({type(error).__name__})")
            return 0
