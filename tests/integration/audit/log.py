"""Writing, placing and bending the log in tests."""

import time
from collections.abc import Iterator
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


def place(count: int) -> None:
    """Sequence until `count` more entries have their place.

    Any transaction that runs on the same server, another worker's for instance, holds the sequencer back for
    its own time; hence the deadline.
    """
    deadline = time.monotonic() + DEADLINE
    while (count := count - sequence()) > 0:
        assert time.monotonic() < deadline, f"{count} entries were not placed in {DEADLINE} s"
    assert count == 0


def placed_turns() -> list[int]:
    """The fact `turn` of every placed entry, in the order of their numbers."""
    placed = AuditEntry.objects.filter(sequenced__isnull=False).order_by("sequenced__index")
    return [entry.facts["turn"] for entry in placed]


@contextmanager
def intruder() -> Iterator[CursorWrapper]:
    """The application's own connection in the hands of the owner, guards down; all of it undone at the end.

    Foreign keys of ours are checked at commit, which never comes, so rows can be deleted in any order.
    """
    before = database.act_as("default", settings.DATABASE_OWNER_URL)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE audit_sequence DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE audit_sequence DROP CONSTRAINT audit_sequence_pkey")
            cursor.execute("ALTER TABLE audit_sequence DROP CONSTRAINT audit_sequence_entry_id_key")
            cursor.execute("ALTER TABLE audit_sequence DROP CONSTRAINT audit_sequence_starts_at_1")
            cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_salt_once")
            yield cursor
            transaction.set_rollback(True)
    finally:
        database.give_back("default", before)
