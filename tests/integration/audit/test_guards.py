"""PostgreSQL itself keeps the log append-only, and the check of the guards notices when it would not."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from audit.guards import GUARDS, guard_faults
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.audit.log import as_owner, place, write

CHANGES = [
    "UPDATE audit_entry SET reason = 'other'",
    "UPDATE audit_entry SET reason = reason WHERE false",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry, audit_sequence",
    "UPDATE audit_sequence SET index = index + 1",
    "DELETE FROM audit_sequence",
    "TRUNCATE audit_sequence",
]


@ROLLED_BACK
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_or_delete(change: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@COMMITTED
@pytest.mark.parametrize("change", CHANGES)
def test_even_the_owner_is_refused_by_the_guards(change: str, owner: psycopg.Cursor) -> None:
    write()
    place(1)
    with pytest.raises(psycopg.IntegrityError, match="append-only"):
        owner.execute(change)


@ROLLED_BACK
def test_all_guards_are_in_place() -> None:
    with connection.cursor() as cursor:
        assert list(guard_faults(cursor=cursor, guards=GUARDS)) == []


@COMMITTED
@pytest.mark.parametrize(
    ("weakening", "fault"),
    [
        (
            "DROP TRIGGER audit_entry_append_only ON audit_entry",
            "audit_entry_append_only on audit_entry is missing",
        ),
        ("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only", "is not enabled always"),
        ("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only", "is not enabled always"),
        (
            "CREATE OR REPLACE TRIGGER audit_entry_append_only BEFORE DELETE ON audit_entry"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only();"
            " ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_append_only",
            "is another trigger than declared",
        ),
        (
            "CREATE OR REPLACE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql"
            " SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NULL; END'",
            "The function of the guard audit_entry_append_only on audit_entry is another",
        ),
        (
            "ALTER FUNCTION audit_entry_stamp() RESET search_path",
            "audit_entry_stamp on audit_entry is another",
        ),
        (
            "ALTER FUNCTION audit_entry_stamp() SET search_path = public",
            "audit_entry_stamp on audit_entry is another",
        ),
    ],
)
def test_a_weakened_guard_is_named(weakening: str, fault: str) -> None:
    with as_owner() as cursor:
        cursor.execute(weakening)
        faults = list(guard_faults(cursor=cursor, guards=GUARDS))
    assert any(fault in found for found in faults), faults
