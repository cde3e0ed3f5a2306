"""Views through which a role reads, declared as data: a migration makes them, a check looks at what they read.

PostgreSQL words a stored view anew in each version, so the check compares what cannot be worded differently: the
columns that the view reads, those that it shows, and that it is a security barrier.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True)
class View:
    """One view: its SELECT, the names of the columns it shows, and each table with the columns it reads."""

    name: str
    body: str
    shows: tuple[str, ...]
    reads: dict[str, tuple[str, ...]]


def view_sql(view: View) -> tuple[str, str]:
    """SQL that makes the view, and SQL that removes it: `migrations.RunSQL(*view_sql(view))`."""
    make = f"CREATE VIEW public.{view.name} WITH (security_barrier) AS {view.body}"
    return make, f"DROP VIEW public.{view.name}"


_FOUND = """
SELECT c.relname, coalesce('security_barrier=true' = ANY (c.reloptions), false),
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0),
       (SELECT array_agg(DISTINCT t.relname || '.' || a.attname)
        FROM pg_catalog.pg_rewrite w
        JOIN pg_catalog.pg_depend d ON d.objid = w.oid AND d.classid = 'pg_catalog.pg_rewrite'::regclass
             AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
        JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE w.ev_class = c.oid AND t.oid <> c.oid)
FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
"""


def view_faults(cursor: CursorWrapper, views: Iterable[View]) -> Iterator[str]:
    """One sentence for each view that is missing, not as declared, or declared nowhere. One query."""
    cursor.execute(_FOUND)
    found = {name: tuple(rest) for name, *rest in cursor.fetchall()}
    for view in views:
        if view.name not in found:
            yield f"The view {view.name} is missing."
            continue
        barrier, shows, reads = found.pop(view.name)
        if not barrier or tuple(shows) != view.shows or set(reads or ()) != _columns(view):
            yield f"The view {view.name} is another than declared."
    for name in sorted(found):
        yield f"Nobody declared the view {name}."


def _columns(view: View) -> set[str]:
    return {f"{table}.{column}" for table, columns in view.reads.items() for column in columns}
