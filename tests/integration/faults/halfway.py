"""Programs in the middle of what they do: a lock that a test holds makes them wait. No program has a hook for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

SCORING = """
SELECT count(*) FROM pg_locks written JOIN pg_locks waiting USING (pid)
WHERE written.relation = 'recommendations_moodreading'::regclass AND written.mode = 'RowExclusiveLock'
  AND written.granted AND written.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND waiting.relation = 'audit_entry'::regclass AND NOT waiting.granted
"""
"""A worker has written readings in a transaction that waits for the audit log."""

IMPORTING = """
SELECT count(*) FROM pg_locks WHERE relation = 'clinic_importbatch'::regclass AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""The row of the batch is written last: whoever waits for it has written everything else."""


def count(cursor: psycopg.Cursor, query: str) -> int:
    """The number that a query finds."""
    row = cursor.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def locked(url: str, table: str) -> Iterator[psycopg.Cursor]:
    """Nobody adds to the table meanwhile; the cursor looks on. A server that has gone away has let go of it."""
    watching, holding = psycopg.connect(url, autocommit=True), psycopg.connect(url)
    holding.execute(f"LOCK TABLE {table} IN SHARE MODE".encode())
    try:
        yield watching.cursor()
    finally:
        holding.close()
        watching.close()
