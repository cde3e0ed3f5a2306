"""What somebody with the owner's password, but without the audit key, could do to the log."""

import os
from collections.abc import Callable

from django.db.backends.utils import CursorWrapper

from audit import canonical, stored
from audit.verify import VerifyResult, verify
from tests.integration.audit.log import intruder

Tampering = Callable[[CursorWrapper], object]

COLUMNS = (
    "action, actor_id, actor_role, patient_id, record_number, subject_kind, subject_id, reason, facts,"
    " request_id, happened_at, recorded_at, salt, mac"
)


def after(tampering: Tampering) -> VerifyResult:
    """The check of a log that was tampered with. Before it, the same log was whole."""
    with intruder() as cursor:
        assert verify().whole
        tampering(cursor)
        return verify()


def steps(*tamperings: Tampering) -> Tampering:
    """Several tamperings, one after the other."""

    def all_of_them(cursor: CursorWrapper) -> None:
        for tampering in tamperings:
            tampering(cursor)

    return all_of_them


def entry_of(cursor: CursorWrapper, number: int) -> int:
    """The id of the entry with a number."""
    cursor.execute("SELECT entry_id FROM audit_sequence WHERE index = %s", [number])
    entry_id: int = cursor.fetchone()[0]
    return entry_id


def set_entry(cursor: CursorWrapper, number: int, assignment: str) -> None:
    """Change the entry with a number: `reason = 'other'`."""
    cursor.execute(f"UPDATE audit_entry SET {assignment} WHERE id = %s", [entry_of(cursor, number)])


def set_place(cursor: CursorWrapper, number: int, assignment: str) -> None:
    """Change a place itself."""
    cursor.execute(f"UPDATE audit_sequence SET {assignment} WHERE index = %s", [number])


def delete_entry(cursor: CursorWrapper, number: int) -> None:
    """Delete the entry and leave its place."""
    cursor.execute("DELETE FROM audit_entry WHERE id = %s", [entry_of(cursor, number)])


def delete_place(cursor: CursorWrapper, number: int) -> None:
    """Delete the place and leave its entry."""
    cursor.execute("DELETE FROM audit_sequence WHERE index = %s", [number])


def delete_both(cursor: CursorWrapper, number: int) -> None:
    """Delete the entry and its place."""
    delete_entry(cursor, number)
    delete_place(cursor, number)


def close_gap(cursor: CursorWrapper, number: int) -> None:
    """Number the places after a deleted one anew."""
    cursor.execute("UPDATE audit_sequence SET index = index - 1 WHERE index > %s", [number])


def forge_entry(cursor: CursorWrapper, *, like: int) -> int:
    """Insert an entry that looks like another one but has a MAC of thin air; its id."""
    cursor.execute(
        f"INSERT INTO audit_entry ({COLUMNS}) SELECT {COLUMNS.replace('salt, mac', '%s, %s')}"
        " FROM audit_entry WHERE id = %s RETURNING id",
        [os.urandom(16), os.urandom(32), entry_of(cursor, like)],
    )
    entry_id: int = cursor.fetchone()[0]
    return entry_id


def copy_entry(cursor: CursorWrapper, number: int) -> int:
    """Insert the entry with a number once more, MAC, salt and all; the id of the copy."""
    cursor.execute(
        f"INSERT INTO audit_entry ({COLUMNS}) SELECT {COLUMNS} FROM audit_entry WHERE id = %s RETURNING id",
        [entry_of(cursor, number)],
    )
    entry_id: int = cursor.fetchone()[0]
    return entry_id


def insert_place(cursor: CursorWrapper, number: int, entry_id: int) -> None:
    """Make room at a number and put an entry there."""
    cursor.execute("UPDATE audit_sequence SET index = index + 1 WHERE index >= %s", [number])
    cursor.execute(
        "INSERT INTO audit_sequence (index, entry_id, leaf, running, seal) VALUES (%s, %s, %s, %s, %s)",
        [number, entry_id, bytes(32), bytes(32), bytes(32)],
    )


def swap_entries(cursor: CursorWrapper, one: int, other: int) -> None:
    """Let two places point to each other's entry."""
    first, second = entry_of(cursor, one), entry_of(cursor, other)
    set_place(cursor, one, f"entry_id = {second}")
    set_place(cursor, other, f"entry_id = {first}")


def swap_entries_and_leaves(cursor: CursorWrapper, one: int, other: int) -> None:
    """Let two places exchange their entries and the entries' digests."""
    cursor.execute(
        "UPDATE audit_sequence s SET (entry_id, leaf) = (SELECT entry_id, leaf FROM audit_sequence o"
        " WHERE o.index = CASE s.index WHEN %s THEN %s ELSE %s END) WHERE s.index IN (%s, %s)",
        [one, other, one, one, other],
    )


def swap_places(cursor: CursorWrapper, one: int, other: int) -> None:
    """Exchange the numbers of two places, digests and seals included."""
    cursor.execute(
        "UPDATE audit_sequence SET index = CASE index WHEN %s THEN %s ELSE %s END WHERE index IN (%s, %s)",
        [one, other, one, one, other],
    )


def swap_contents(cursor: CursorWrapper, one: int, other: int) -> None:
    """Exchange all that two entries say, MACs included; ids stay."""
    cursor.execute(
        f"UPDATE audit_entry e SET ({COLUMNS}) = (SELECT {COLUMNS} FROM audit_entry o"
        " WHERE o.id = CASE e.id WHEN %s THEN %s ELSE %s END) WHERE e.id IN (%s, %s)",
        [
            (first := entry_of(cursor, one)),
            (second := entry_of(cursor, other)),
            first,
            first,
            second,
        ],
    )


def recompute(cursor: CursorWrapper) -> None:
    """Make every digest right again, as anybody can; the seals stay as they are, as nobody can make them."""
    cursor.execute(
        f"SELECT s.index, {stored.COLUMNS} FROM audit_sequence s JOIN audit_entry e ON e.id = s.entry_id"
        " ORDER BY s.index"
    )
    running = canonical.START
    for index, *columns in cursor.fetchall():
        leaf = stored.stored_entry(columns).leaf
        running = canonical.running(running, leaf)
        cursor.execute(
            "UPDATE audit_sequence SET leaf = %s, running = %s WHERE index = %s", [leaf, running, index]
        )
