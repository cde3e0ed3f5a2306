"""Triggers that hold what our code promises, declared as data: migrations make them, a check looks for them.

Every trigger is ENABLE ALWAYS (so `session_replication_role` does not switch it off) and every function has
a schema-qualified name and a fixed search_path (so no temporary table of the same name stands in for ours).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

SEARCH_PATH = "pg_catalog, pg_temp"

REFUSE_CHANGE = """
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
"""


@dataclass(frozen=True)
class Guard:
    """One trigger with its function, both in schema public.

    `body` is the PL/pgSQL of the function; in it every table and function of ours needs its schema. `events`
    stand in PostgreSQL's own order: INSERT OR DELETE OR UPDATE OR TRUNCATE. A `deferred` guard is asked at
    the end of the transaction and must be AFTER and for each ROW.
    """

    table: str
    trigger: str
    function: str
    body: str = REFUSE_CHANGE
    timing: str = "BEFORE"
    events: str = "DELETE OR UPDATE OR TRUNCATE"
    each: str = "STATEMENT"
    deferred: bool = False

    @property
    def definition(self) -> str:
        """The trigger as `pg_get_triggerdef` words it."""
        kind = "CONSTRAINT TRIGGER" if self.deferred else "TRIGGER"
        when = "DEFERRABLE INITIALLY DEFERRED " if self.deferred else ""
        return (
            f"CREATE {kind} {self.trigger} {self.timing} {self.events} ON public.{self.table} "
            f"{when}FOR EACH {self.each} EXECUTE FUNCTION public.{self.function}()"
        )


def append_only_guard(table: str) -> Guard:
    """The guard that refuses UPDATE, DELETE and TRUNCATE of a table."""
    return Guard(table=table, trigger=f"{table}_append_only", function=f"{table}_append_only")


def guard_sql(guard: Guard) -> tuple[str, str]:
    """SQL that makes the guard, and SQL that removes it: `migrations.RunSQL(*guard_sql(guard))`."""
    make = (
        f"CREATE FUNCTION public.{guard.function}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {SEARCH_PATH} AS $guard${guard.body}$guard$;\n"
        f"{guard.definition};\n"
        f"ALTER TABLE public.{guard.table} ENABLE ALWAYS TRIGGER {guard.trigger};"
    )
    remove = (
        f"DROP TRIGGER {guard.trigger} ON public.{guard.table};\nDROP FUNCTION public.{guard.function}();"
    )
    return make, remove


def append_only(table: str) -> tuple[str, str]:
    """SQL that makes a table append-only, and SQL that undoes it, for `migrations.RunSQL(*…)`."""
    return guard_sql(append_only_guard(table))


STAMP = """
BEGIN
    NEW.recorded_at := pg_catalog.clock_timestamp();
    NEW.xid := pg_catalog.pg_current_xact_id();
    RETURN NEW;
END
"""

ENTRY_STAMP = Guard(
    table="audit_entry",
    trigger="audit_entry_stamp",
    function="audit_entry_stamp",
    body=STAMP,
    events="INSERT",
    each="ROW",
)
"""Sets the recorded time and the transaction of an entry, whatever the writer asked for."""

GUARDS: tuple[Guard, ...] = (
    append_only_guard("audit_entry"),
    append_only_guard("audit_sequence"),
    ENTRY_STAMP,
)

# The function's schema is asked for by itself: whether the definition names it depends on the search_path.
_FOUND = """
SELECT c.relname, t.tgname, t.tgenabled = 'A',
       replace(pg_get_triggerdef(t.oid), ' FUNCTION public.', ' FUNCTION '),
       p.pronamespace = 'public'::regnamespace, p.prosrc, p.proconfig
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""


def guard_faults(*, cursor: CursorWrapper, guards: Iterable[Guard]) -> Iterator[str]:
    """One sentence for each guard that is missing, switched off or not as declared. One query."""
    cursor.execute(_FOUND)
    found = {(table, trigger): tuple(rest) for table, trigger, *rest in cursor.fetchall()}
    for guard in guards:
        name = f"{guard.trigger} on {guard.table}"
        if (guard.table, guard.trigger) not in found:
            yield f"The guard {name} is missing."
            continue
        always, definition, ours, source, settings = found[guard.table, guard.trigger]
        if not always:
            yield f"The guard {name} is not enabled always."
        if definition != guard.definition.replace(" FUNCTION public.", " FUNCTION "):
            yield f"The guard {name} is another trigger than declared."
        if not ours or source != guard.body or settings != [f"search_path={SEARCH_PATH}"]:
            yield f"The function of the guard {name} is another than declared."
