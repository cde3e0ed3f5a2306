"""Writing, placing and bending the log in tests."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit.models import AuditEntry
from audit.record import record
from audit.sequence import sequence
from tests import database

AT = datetime(2026, 11, 24, 9, 31, 7, 250_000, tzinfo=UTC)
PSYCHOLOGIST = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
PATIENT = UUID("0b3d1f6e-5c1c-4f5e-9a52-0d6a3a1c7f11")
DEADLINE = 20.0
SIX = 6


def write(**fields: Any) -> AuditEntry:
    """One committed entry: a psychologist opened a record, but for `fields`."""
    opened = {
        "action": "record_opened",
        "at": AT,
        "by": PSYCHOLOGIST,
        "role": "psychologist",
        "patient_id": PATIENT,
        "record_number": "CS-20418",
    }
    with transaction.atomic():
        return record(**{**opened, **fields})


def write_many(count: int) -> list[AuditEntry]:
    """Committed entries, each in a transaction of its own, told apart by the fact `turn`."""
    return [write(facts={"turn": turn}, reason="routine") for turn in range(1, count + 1)]


def until(true: Callable[[], bool]) -> None:
    """Ask until the answer is yes, or fail at the deadline."""
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline, f"still not so after {DEADLINE} s"


def wait_until_ready() -> None:
    """Return when every transaction that wrote an entry is older than all that still run.

    Any transaction on the same server, another worker's for instance, holds the sequencer back for its own time.
    """

    def ready() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) = 0 FROM audit_entry WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())"
            )
            return bool(cursor.fetchone()[0])

    until(ready)


def place(count: int) -> None:
    """Give the entries that wait, which must be `count`, their places."""
    wait_until_ready()
    assert sequence(limit=count + 1) == count


def placed_turns() -> list[int]:
    """The fact `turn` of every placed entry, in the order of their numbers."""
    placed = AuditEntry.objects.filter(sequenced__isnull=False).order_by("sequenced__index")
    return [entry.facts["turn"] for entry in placed]


@contextmanager
def as_owner() -> Iterator[CursorWrapper]:
    """The application's own connection in the hands of the owner; all that is done with it is undone at the end.

    Foreign keys of ours are checked at commit, which never comes, so rows can be deleted in any order.
    """
    before = database.act_as("default", settings.DATABASE_OWNER_URL)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield cursor
            transaction.set_rollback(True)
    finally:
        database.give_back("default", before)


@contextmanager
def intruder() -> Iterator[CursorWrapper]:
    """The owner with the guards down and the constraints that would be in the way dropped."""
    with as_owner() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_salt_once")
        cursor.execute("ALTER TABLE audit_sequence DISABLE TRIGGER USER")
        for constraint in ("pkey", "entry_id_key", "starts_at_1"):
            cursor.execute(f"ALTER TABLE audit_sequence DROP CONSTRAINT audit_sequence_{constraint}")
        yield cursor
