"""Gives entries their place in the log, after their transactions have ended.

Writers take no lock and know no order. An entry may be placed once no transaction that started before its own
is still running: then nothing can appear before it any more, so places have no gaps and never change.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit import canonical, stored
from audit.seals import seals

CHUNK = 2_000
"""Entries placed in one transaction: well under 100 ms, so that a second sequencer never waits long."""

# Any fixed number does, as long as nothing else in this database takes the same advisory lock.
SEQUENCER_LOCK = 0x61756469

_TAIL = """
SELECT s.index, s.running, e.id, e.xid::text,
       coalesce(e.xid >= pg_snapshot_xmin(pg_current_snapshot()), true) AS other_counter
FROM audit_sequence s LEFT JOIN audit_entry e ON e.id = s.entry_id
ORDER BY s.index DESC LIMIT 1
"""

_NEXT = f"""
SELECT {stored.COLUMNS} FROM audit_entry e
WHERE (e.xid, e.id) > (%(xid)s::text::xid8, %(entry_id)s)
  AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid, e.id LIMIT %(limit)s
"""  # noqa: S608  constants of ours

# A database that was restored into another server counts its transactions anew: the last placed entry then
# seems to come from the future. Entries that came with the backup (their transaction is one that this server
# has not started) are placed first, then those written since; slower, because it asks for each entry.
_NEXT_AFTER_RESTORE = f"""
SELECT {stored.COLUMNS} FROM audit_entry e
WHERE NOT EXISTS (SELECT 1 FROM audit_sequence s WHERE s.entry_id = e.id)
  AND (e.xid < pg_snapshot_xmin(pg_current_snapshot()) OR e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
ORDER BY e.xid < pg_snapshot_xmin(pg_current_snapshot()), e.xid, e.id LIMIT %(limit)s
"""  # noqa: S608  constants of ours

_ADD = "COPY audit_sequence (index, entry_id, leaf, running, seal) FROM STDIN"
_Place: TypeAlias = tuple[int, int, bytes, bytes, bytes]


class _Tail(NamedTuple):
    """Where the log ends: the last place and the watermark (transaction, id) behind which all is placed."""

    number: int = 0
    running: bytes = canonical.START
    entry_id: int | None = 0
    xid: str | None = "0"
    other_counter: bool = False


def sequence(*, limit: int = 10_000) -> int:
    """Place up to `limit` entries whose time has come and return how many were placed.

    Runs in transactions of its own, one per CHUNK; several callers at once take turns. Raises RuntimeError
    inside another transaction, where its lock would outlive it.
    """
    placed = 0
    while placed < limit:
        wanted = min(CHUNK, limit - placed)
        newly = _place_chunk(wanted)
        placed += newly
        if newly < wanted:
            break
    return placed


def _place_chunk(limit: int) -> int:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        # Each statement after the lock sees what the sequencer before us has committed.
        tail = _tail(cursor)
        cursor.execute(
            _NEXT_AFTER_RESTORE if tail.other_counter else _NEXT,
            {"xid": tail.xid, "entry_id": tail.entry_id, "limit": limit},
        )
        rows = cursor.fetchall()
        if rows:
            _add(cursor, _places(tail=tail, rows=rows))
    return len(rows)


def _add(cursor: CursorWrapper, places: Iterable[_Place]) -> None:
    # COPY, because bulk_create takes three times as long here.
    with cursor.cursor.copy(_ADD) as copy:
        for place in places:
            copy.write_row(place)


def _tail(cursor: CursorWrapper) -> _Tail:
    cursor.execute(_TAIL)
    row = cursor.fetchone()
    return _Tail(*row) if row else _Tail()


def _places(*, tail: _Tail, rows: list[tuple[Any, ...]]) -> Iterator[_Place]:
    """The places of entries, in the order given, after `tail`."""
    place_seal = seals().place_seal
    running = tail.running
    for number, row in enumerate(rows, start=tail.number + 1):
        entry = stored.stored_entry(row)
        running = canonical.running(running, entry.leaf)
        yield number, entry.entry_id, entry.leaf, running, place_seal(number, running)
