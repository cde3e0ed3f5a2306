"""Checks the whole log against its digests, MACs and seals, and names the first entry that is wrong.

Three passes: every place in the order of numbers; every entry that has no place yet; entries that occur
twice. What is read is what lies in the tables now, so nothing of the ORM stands between a row and its check.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from audit import canonical, stored
from audit.findings import Fault, Finding
from audit.kept import against
from audit.seals import Seals, seals

CHUNK = 20_000
STREAMED_ROWS = 100
"""Rows that the driver hands over at a time: the database goes on reading while we compute."""

# OFFSET 0 makes the database look entries up one by one, in the order of places, instead of sorting a join.
_PLACES = f"""
SELECT s.index, s.leaf, s.running, s.seal, s.entry_id, {stored.COLUMNS}
FROM audit_sequence s
LEFT JOIN LATERAL (SELECT * FROM audit_entry WHERE id = s.entry_id OFFSET 0) e ON true
WHERE s.index > %s AND s.index <= %s ORDER BY s.index
"""  # noqa: S608  constants of ours
_AFTER = f"""
SELECT s.index, coalesce(e.recorded_at, clock_timestamp()), {stored.COLUMNS}
FROM audit_entry e LEFT JOIN audit_sequence s ON s.entry_id = e.id
WHERE s.index IS NULL OR s.index > %s ORDER BY e.id
"""  # noqa: S608  constants of ours
# A copied row carries a good MAC; what it cannot have is a salt of its own.
_TWICE = """
WITH twice AS MATERIALIZED (SELECT salt FROM audit_entry GROUP BY salt HAVING count(*) > 1)
SELECT s.index, e.id FROM (
    SELECT max(id) AS id FROM audit_entry JOIN twice USING (salt) GROUP BY salt ORDER BY id LIMIT 1
) e LEFT JOIN audit_sequence s ON s.entry_id = e.id
"""
_ENTRY = f"SELECT {stored.COLUMNS} FROM audit_entry e WHERE e.id = %s"  # noqa: S608  constants of ours
_LEAF_ELSEWHERE = "SELECT EXISTS (SELECT 1 FROM audit_sequence WHERE leaf = %s)"
# Lower than any number, so that a place numbered 0 or below is read too, and found wrong.
_LOWEST = -(2**63)

Progress = Callable[[int, int], None]
"""Called between chunks with the number of entries checked and of those to check."""


@dataclass(frozen=True)
class VerifyResult:
    """What a check found. `head` is the running digest (hex) of the newest good place, empty without one.

    `waiting` entries have no number yet and are vouched for by their MAC alone; `waiting_since` is when the
    first of them was recorded. What the owner of the database cut off at the end of the log, and what the program
    then placed again without some of it or at another time, is not found by any of this.
    """

    entries: int
    head: str
    waiting: int
    waiting_since: datetime | None
    finding: Finding | None
    checked_at: datetime

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.finding is None


@dataclass(frozen=True)
class _Walked:
    """How far the places were good, the running digest there, and what stopped the walk."""

    number: int = 0
    running: bytes = canonical.START
    finding: Finding | None = None


@dataclass(frozen=True)
class _Waiting:
    """The entries that have no place yet."""

    count: int = 0
    since: datetime | None = None
    finding: Finding | None = None


def verify(*, progress: Progress | None = None, kept: Mapping[int, str] | None = None) -> VerifyResult:
    """Check every entry that the log holds when the check starts; stop at the first that is wrong.

    `kept` are heads of earlier checks by their number, kept where the owner of the database cannot reach them: against
    them the log is found out that was cut off, or cut off and written anew.

    The time of the check is the database's. Changes nothing, and takes no lock that a writer could feel.
    """
    last, checked_at = _start()
    walked = _walk(last=last, progress=progress)
    waiting = _check_waiting(last=last)
    rewritten = against(kept or {})
    return VerifyResult(
        entries=walked.number,
        head=walked.running.hex() if walked.number else "",
        waiting=waiting.count,
        waiting_since=waiting.since,
        finding=_told_apart(walked.finding) or rewritten or waiting.finding or _copy(),
        checked_at=checked_at,
    )


def _start() -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(max(index), 0), clock_timestamp() FROM audit_sequence")
        last, checked_at = cursor.fetchone()
    return last, checked_at


def _stream(sql: str, parameters: list[int]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        yield from cursor.cursor.stream(sql, parameters, size=STREAMED_ROWS)


def _walk(*, last: int, progress: Progress | None) -> _Walked:
    """Every place from the first to `last`. Numbers have no gaps, so a chunk must end at its last number."""
    own = seals()
    low, number, running = _LOWEST, 0, canonical.START
    while low < last:
        high = min(number + CHUNK, last)
        for row in _stream(_PLACES, [low, high]):
            if fault := _fault(row=row, number=number + 1, previous=running, own=own):
                entry_id = None if fault is Fault.MISSING else row[4]
                return _Walked(number, running, Finding(fault, number + 1, entry_id))
            number, running = row[0], row[2]
        if number < high:
            return _Walked(number, running, Finding(Fault.MISSING, number + 1, None))
        low = number
        if progress:
            progress(number, last)
    return _Walked(number, running)


def _fault(*, row: tuple[Any, ...], number: int, previous: bytes, own: Seals) -> Fault | None:
    """What is wrong with a place that should have this number and follow the running digest `previous`."""
    index, leaf, running, seal, _, *columns = row
    if index != number:
        return Fault.MISSING if index > number else Fault.CHAIN_BROKEN
    if fault := _entry_fault(columns=columns, leaf=leaf, own=own):
        return fault
    if canonical.running(previous, leaf) != running:
        return Fault.CHAIN_BROKEN
    if own.place_seal(index, running) != seal:
        return Fault.RESEALED
    return None


def _entry_fault(*, columns: list[Any], leaf: bytes, own: Seals) -> Fault | None:
    """What is wrong with the entry itself, whose place holds the digest `leaf`."""
    if columns[0] is None:
        return Fault.DELETED
    entry = stored.stored_entry(columns)
    if entry.mac != own.entry_mac(entry.content):
        return Fault.INSERTED if entry.leaf == leaf else Fault.EDITED
    return None if entry.leaf == leaf else Fault.REORDERED


def _told_apart(finding: Finding | None) -> Finding | None:
    """A good entry under a foreign digest was moved if its own is elsewhere, else its time was changed."""
    if finding is None or finding.fault is not Fault.REORDERED:
        return finding
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, [finding.entry_id])
        cursor.execute(_LEAF_ELSEWHERE, [stored.stored_entry(cursor.fetchone()).leaf])
        (elsewhere,) = cursor.fetchone()
    return finding if elsewhere else Finding(Fault.EDITED, finding.number, finding.entry_id)


def _check_waiting(*, last: int) -> _Waiting:
    """Entries without a place, and those that got theirs since the check began: all need the log's MAC."""
    own = seals()
    count, since = 0, None
    for index, recorded_at, *columns in _stream(_AFTER, [last]):
        entry = stored.stored_entry(columns)
        if entry.mac != own.entry_mac(entry.content):
            return _Waiting(count, since, Finding(Fault.INSERTED, index, entry.entry_id))
        if index is None:
            count, since = count + 1, min(since or recorded_at, recorded_at)
    return _Waiting(count, since)


def _copy() -> Finding | None:
    with connection.cursor() as cursor:
        cursor.execute(_TWICE)
        row = cursor.fetchone()
    return Finding(Fault.COPIED, *row) if row else None
