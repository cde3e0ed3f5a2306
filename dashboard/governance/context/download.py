"""Entries of the log as CSV, read and sent in pieces: any number of them in the same memory."""

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Any

from audit import reads
from audit.reads import LogLine
from clinic.clock import zone_of
from dashboard.governance.context.disclosed import said_of
from dashboard.governance.context.entries import about, subject_of
from dashboard.governance.context.names import Names, names
from dashboard.governance.context.wanted import Wanted

PIECE = 1_000
COLUMNS = ("entry", "number", "recorded", "happened", "action", "detail", "who", "role", "about", "request")
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t")


class _Line:
    """A file of one line, for the writer of the standard library."""

    def write(self, text: str) -> str:
        """Give the line back instead of keeping it."""
        return text


def csv_lines(wanted: Wanted, *, zone: str) -> Iterator[str]:
    """A head and one line for each entry, newest first; times in `zone`, ISO 8601."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    before: int | None = None
    while True:
        page = reads.entries_page(before=before, limit=PIECE, **wanted.filters(zone))
        known = names(user_id for line in page.lines for user_id in (line.actor_id, subject_of(line)))
        for line in page.lines:
            yield writer.writerow([_harmless(cell) for cell in _cells(line, known, zone_of(zone))])
        if page.next_before is None:
            return
        before = page.next_before


def _cells(line: LogLine, known: Names, zone: dt.tzinfo) -> tuple[Any, ...]:
    return (
        line.id,
        line.number or "",
        line.recorded_at.astimezone(zone).isoformat(),
        line.happened_at.astimezone(zone).isoformat(),
        line.action.code,
        said_of(line.reason),
        known.of(line.actor_id, line.actor_role),
        line.actor_role,
        line.record_number or about(line, known),
        line.request_id,
    )


def _harmless(cell: Any) -> str:
    """A cell that a spreadsheet takes for a formula begins with an apostrophe."""
    text = str(cell)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
