"""The check that every guard is in place: it names each single fault, and nothing runs while there is one."""

from dataclasses import replace
from typing import cast

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from audit.guards import Guard, guard_sql
from clinic.database import checks, grants
from clinic.database.grants import APP
from tests import database
from tests.database import ROLLED_BACK
from tests.integration.locks import clones

GUARDS = checks.guards()
VIEWS = checks.views()
FOREIGN_SESSION = "The application must sign in to PostgreSQL as app itself."

by_trigger = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.trigger)


def faults(*statements: str) -> list[str]:
    """What the check finds after these statements, but for the session, which is the owner's own."""
    with database.owner_cursor() as cursor:
        cursor.execute("BEGIN")
        for statement in statements:
            cursor.execute(statement)
        found = list(checks.faults(cast(CursorWrapper, cursor)))
        cursor.execute("ROLLBACK")
    return [fault for fault in found if fault != FOREIGN_SESSION]


@ROLLED_BACK
def test_as_the_application_nothing_is_found_and_everything_was_looked_at() -> None:
    with connection.cursor() as cursor:
        assert list(checks.faults(cursor)) == []
    assert len(GUARDS) > 20
    assert {view.name for view in VIEWS} == {"portal_publication", "portal_stop"}
    call_command("check", databases=["default"])
    checks.refuse_to_run_unguarded()


@ROLLED_BACK
@by_trigger
def test_a_guard_that_is_missing_is_named(guard: Guard) -> None:
    found = faults(f"DROP TRIGGER {guard.trigger} ON {guard.table}")
    assert found == [f"The guard {guard.trigger} on {guard.table} is missing."]


@ROLLED_BACK
@by_trigger
@pytest.mark.parametrize("state", ["DISABLE TRIGGER", "ENABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_guard_that_is_not_enabled_always_is_named(guard: Guard, state: str) -> None:
    found = faults(f"ALTER TABLE {guard.table} {state} {guard.trigger}")
    assert found == [f"The guard {guard.trigger} on {guard.table} is not enabled always."]


@ROLLED_BACK
@by_trigger
def test_a_guard_whose_function_has_another_body_is_named(guard: Guard) -> None:
    returned = "NULL" if guard.each == "STATEMENT" else "NEW"
    found = faults(
        f"CREATE OR REPLACE FUNCTION {guard.function}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN {returned}; END'"
    )
    assert found == [f"The function of the guard {guard.trigger} on {guard.table} is another than declared."]


@ROLLED_BACK
@by_trigger
def test_a_guard_whose_function_looks_elsewhere_first_is_named(guard: Guard) -> None:
    found = faults(f"ALTER FUNCTION {guard.function}() RESET ALL")
    assert found == [f"The function of the guard {guard.trigger} on {guard.table} is another than declared."]


@ROLLED_BACK
@by_trigger
def test_a_guard_that_was_made_again_for_fewer_events_is_named(guard: Guard) -> None:
    first = guard.events.split(" OR ")[0]
    others = {"DELETE": "UPDATE" if guard.deferred else "TRUNCATE", "INSERT": "DELETE", "UPDATE": "INSERT"}
    events = first if first != guard.events else others[first]
    each = "STATEMENT" if events == "TRUNCATE" else guard.each
    make, _remove = guard_sql(replace(guard, events=events, each=each))
    trigger = make[make.index("CREATE CONSTRAINT TRIGGER" if guard.deferred else "CREATE TRIGGER") :]
    found = faults(f"DROP TRIGGER {guard.trigger} ON {guard.table}", trigger)
    assert found == [f"The guard {guard.trigger} on {guard.table} is another trigger than declared."]


GRANTS = [(table, grant) for table, grant in grants.declared().items() if grant.role == APP]
LACKING = [
    (verb, table)
    for table, grant in GRANTS
    for verb, given in (
        ("insert", grant.insert),
        ("update", grant.update is True),
        ("delete", grant.delete),
    )
    if not given
]


@ROLLED_BACK
@pytest.mark.parametrize(("verb", "table"), LACKING)
def test_a_grant_that_somebody_added_for_the_application_is_named(verb: str, table: str) -> None:
    (found,) = faults(f"GRANT {verb} ON {table} TO app")
    assert found.startswith("The role app may")
    assert f"of {table}" in found


@ROLLED_BACK
@pytest.mark.parametrize("table", [table for table, _grant in GRANTS])
@pytest.mark.parametrize("receiver", ["portal", "PUBLIC"])
def test_a_table_that_the_portal_may_read_is_named(receiver: str, table: str) -> None:
    found = faults(f"GRANT SELECT ON {table} TO {receiver}")
    assert [fault for fault in found if fault.startswith("The role portal may select")]


STATEMENTS = {
    "a column for the portal": "GRANT SELECT (state) ON recommendations_suggestion TO portal",
    "a column that may change": "GRANT UPDATE (body) ON recommendations_suggestion TO app",
    "a column of the publication": "GRANT UPDATE (visible_from) ON recommendations_publication TO app",
    "a grant that is gone": "REVOKE INSERT ON audit_entry FROM app",
    "a view that the portal lost": "REVOKE SELECT ON portal_publication FROM portal",
    "writing through a view": "GRANT UPDATE ON portal_publication TO portal",
    "emptying a table": "GRANT TRUNCATE ON clinic_checkin TO app",
    "adding triggers": "GRANT TRIGGER ON recommendations_publication TO app",
    "references": "GRANT REFERENCES ON recommendations_publication TO portal",
    "maintaining": "GRANT MAINTAIN ON recommendations_publication TO app",
    "making tables": "GRANT CREATE ON SCHEMA public TO app",
    "temporary tables": "DO $$ BEGIN EXECUTE format('GRANT TEMP ON DATABASE %I TO app', current_database()); END $$",
    "making schemas": "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO portal', current_database()); END $$",
    "a view nobody declared": "CREATE VIEW portal_everything AS SELECT * FROM recommendations_suggestion",
    "a view that is gone": "DROP VIEW portal_stop",
    "a view that is no barrier": "ALTER VIEW portal_publication SET (security_barrier = false)",
    "a view that ignores stops": clones.NAIVE_VIEW.format(stops=""),
    "a view that asks for no verdict": clones.NAIVE_VIEW.format(stops=clones.HEEDING_STOPS),
}


@ROLLED_BACK
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_any_other_right_or_view_is_named(statement: str) -> None:
    assert faults(statement)


@ROLLED_BACK
@pytest.mark.parametrize("where", ["", "IN DATABASE {} "], ids=["everywhere", "in this database"])
def test_a_setting_that_a_role_gave_itself_is_named(where: str) -> None:
    """No grant forbids it, and it would come back with every session: a search path, a time limit of nothing."""
    with connection.cursor() as cursor:
        place = where.format(connection.ops.quote_name(connection.settings_dict["NAME"]))
        cursor.execute(f"ALTER ROLE app {place}SET search_path = pg_temp")
        found = list(checks.faults(cursor))
    assert found == ["The role app has settings of its own (search_path): ALTER ROLE app RESET ALL."]


@ROLLED_BACK
def test_the_statements_of_these_tests_are_undone() -> None:
    assert faults() == []
