"""Rows that are written once: neither the application nor the owner changes, deletes or empties them."""

import datetime as dt

import psycopg
import pytest
from django.apps import apps

from audit.append_only import AppendOnly
from audit.guards import REFUSE_CHANGE, Guard
from clinic import password_links, tokens
from clinic.database import checks, grants
from clinic.guard_makers import KEPT
from clinic.safety import triggers
from clinic.safety.thresholds import SHIPPED
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests import database
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import agreed, approved, check_in, handed_plan, invited, open_drafts, written
from tests.forms import assigned
from tests.integration.locks.clones import session
from tests.ledger import tried
from tests.paging import kept

GUARDS = checks.guards()
APPEND_ONLY = [guard.table for guard in GUARDS if guard.body == REFUSE_CHANGE]
KEPT_ROWS = [guard.table for guard in GUARDS if guard.body == KEPT]
CHANGING = {
    guard.table: grants.declared()[guard.table].update for guard in GUARDS if "only_changes" in guard.trigger
}


def first_column(cursor: psycopg.Cursor, table: str) -> str:
    cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table])
    row = cursor.fetchone()
    assert row is not None
    return str(row[0])


def changes(cursor: psycopg.Cursor, table: str) -> list[str]:
    column = first_column(cursor, table)
    return [
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"INSERT INTO {table} ({column}) SELECT {column} FROM {table} ON CONFLICT ({column})"
        f" DO UPDATE SET {column} = excluded.{column}",
        f"MERGE INTO {table} t USING {table} s ON t.{column} = s.{column} WHEN MATCHED THEN DELETE",
    ]


@ROLLED_BACK
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_owner_is_refused_by_the_trigger_even_on_an_empty_table(table: str) -> None:
    with database.owner_cursor() as cursor:
        for change in changes(cursor, table):
            with pytest.raises(
                psycopg.IntegrityError, match=r"is append-only: (UPDATE|DELETE|TRUNCATE) refused"
            ):
                cursor.execute(change)


@ROLLED_BACK
@pytest.mark.parametrize("door", ["default", "portal"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_web_worker_and_portal_have_no_right_to_change_them(table: str, door: str) -> None:
    with session(door) as cursor:
        for change in changes(cursor, table):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                cursor.execute(change)


@ROLLED_BACK
@pytest.mark.parametrize("table", KEPT_ROWS)
def test_rows_that_may_change_in_part_are_never_deleted(table: str) -> None:
    with database.owner_cursor() as cursor:
        for change in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(psycopg.IntegrityError, match=r"(keeps its rows|is append-only): .* refused"):
                cursor.execute(change)


def test_tables_that_may_change_in_part_allow_the_application_exactly_those_columns() -> None:
    for guard in GUARDS:
        if "only_changes" in guard.trigger:
            assert CHANGING[guard.table]
            assert f"only {', '.join(tuple(CHANGING[guard.table]))} may change" in guard.body  # type: ignore[arg-type]


@COMMITTED
def test_every_other_column_of_those_tables_stays_as_it_is_for_the_owner_too(cast: Cast) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    check_in(cast.patient, note="I want to kill myself")
    triggers.by_hand(patient=cast.patient, note="Look at this once more.", by=cast.treating, at=NOW)
    assigned(cast.patient, cast.treating)
    invited(cast.administrator)
    written(cast.patient, cast.treating)
    handed_plan(cast)
    agreed(cast.patient, cast.treating)
    kept(cast)
    tried(cast, SHIPPED)
    assert cast.patient.user
    password_links.issue(user=cast.patient.user, by=cast.administrator, at=NOW)
    tokens.make(label="A", scopes=["read"], lasts=dt.timedelta(days=9), by=cast.treating, at=NOW)
    refused: dict[str, int] = {}
    with database.owner_cursor() as cursor:
        for table, allowed in CHANGING.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() != (0,), f"{table} has no row to change"
            for column, other in other_values(cursor, table):
                if column not in tuple(allowed):  # type: ignore[arg-type]
                    with pytest.raises(psycopg.IntegrityError, match=r"may change|is set once"):
                        cursor.execute(f"UPDATE {table} SET {column} = {other}")
                    refused[table] = refused.get(table, 0) + 1
    assert refused.keys() == CHANGING.keys()
    assert refused["recommendations_suggestion"] > 10


def other_values(cursor: psycopg.Cursor, table: str) -> list[tuple[str, str]]:
    """Each column of a table with an SQL value that no row holds."""
    cursor.execute(
        "SELECT attname, atttypid::regtype::text FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    others = {
        "uuid": "gen_random_uuid()",
        "timestamp with time zone": "'1999-01-01'",
        "date": "'1999-01-01'",
        "bytea": "'other'",
        "jsonb": "'[\"other\"]'",
        "character varying[]": "'{other}'",
        "double precision": "9.25",
        "text[]": "'{other}'",
        "time without time zone": "'09:59'",
    }
    return [
        (column, f"NOT {column}" if kind == "boolean" else others.get(kind, "'9'"))
        for column, kind in cursor.fetchall()
    ]


@COMMITTED
def test_the_words_of_a_draft_and_of_a_signature_outlive_every_attempt(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    publication = approved(draft, cast.treating)
    before = list(Suggestion.objects.values()), list(Publication.objects.values())
    attempts = (
        "UPDATE recommendations_suggestion SET body = 'other'",
        "UPDATE recommendations_signedwords SET body = 'other'",
        f"UPDATE recommendations_publication SET visible_from = now() WHERE id = '{publication.pk}'",
        "UPDATE recommendations_review SET verdict = 'approved'",
    )
    for door in ("default", "portal", "owner"):
        with database.owner_cursor() if door == "owner" else session(door) as cursor:
            for attempt in attempts:
                with pytest.raises((psycopg.IntegrityError, psycopg.errors.InsufficientPrivilege)):
                    cursor.execute(attempt)
    assert (list(Suggestion.objects.values()), list(Publication.objects.values())) == before


def test_every_append_only_model_has_its_guard_and_may_only_be_added_to() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}
    assert tables == set(APPEND_ONLY)
    for table in tables:
        grant = grants.declared()[table]
        assert (grant.insert, grant.update, grant.delete) == (True, (), False)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.trigger)
def test_a_guard_names_its_table(guard: Guard) -> None:
    assert guard.trigger.startswith(guard.table)
    assert guard.table in grants.declared()
