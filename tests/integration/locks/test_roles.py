"""The lock of the roles: what the portal's and the application's sessions may do in PostgreSQL, past all our code."""

import psycopg
import pytest
from django.db import ProgrammingError, connections
from psycopg import sql

from clinic.database import checks, grants
from clinic.database.grants import PORTAL
from recommendations.models.publication import PublishedWords, StoppedPublication
from recommendations.models.suggestion import Suggestion
from tests.cast import Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.integration.locks.clones import session

VIEWS = {"portal_publication", "portal_stop"}
TABLES = sorted(set(grants.declared()) - VIEWS)
REFUSED = psycopg.errors.InsufficientPrivilege

pytestmark = ROLLED_BACK


def columns_of(table: str) -> list[str]:
    with connections["default"].cursor() as cursor:
        return [
            column.name
            for column in connections["default"].introspection.get_table_description(cursor, table)
        ]


@pytest.mark.parametrize("table", TABLES)
def test_the_portal_reads_no_table_not_one_column_and_not_even_a_count(table: str) -> None:
    columns = columns_of(table)
    assert columns
    with session("portal") as cursor:
        for what in (*(sql.Identifier(column) for column in columns), sql.SQL("count(*)"), sql.SQL("1")):
            with pytest.raises(REFUSED):
                cursor.execute(sql.SQL("SELECT {} FROM {}").format(what, sql.Identifier(table)))
        with pytest.raises(REFUSED):
            cursor.execute(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", TABLES)
def test_the_portal_writes_no_table(table: str) -> None:
    column = columns_of(table)[0]
    with session("portal") as cursor:
        for statement in (
            "INSERT INTO {table} DEFAULT VALUES",
            "UPDATE {table} SET {column} = {column}",
            "DELETE FROM {table}",
            "TRUNCATE {table}",
        ):
            with pytest.raises(REFUSED):
                cursor.execute(
                    sql.SQL(statement).format(table=sql.Identifier(table), column=sql.Identifier(column))
                )


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_portal_selects_its_two_views_and_writes_neither(view: str) -> None:
    with session("portal") as cursor:
        assert cursor.execute(f"SELECT * FROM {view}").fetchall() == []
        for statement in (
            f"INSERT INTO {view} DEFAULT VALUES",
            f"UPDATE {view} SET patient_id = patient_id",
            f"DELETE FROM {view}",
        ):
            with pytest.raises((REFUSED, psycopg.errors.ObjectNotInPrerequisiteState)):
                cursor.execute(statement)


def test_these_two_are_all_that_the_portal_can_select_of_anything_ours() -> None:
    with session("portal") as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
            " AND has_any_column_privilege(c.oid, 'SELECT')"
        )
        assert {row[0] for row in cursor.fetchall()} == VIEWS


POWERS = {
    "take another role": "SET ROLE owner",
    "become another session": "SET SESSION AUTHORIZATION owner",
    "make a temporary table": "CREATE TEMP TABLE recommendations_signature (id uuid)",
    "make a table": "CREATE TABLE public.diary (words text)",
    "make a schema": "CREATE SCHEMA diary",
    "make a function": "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "make a view": "CREATE VIEW public.v AS SELECT 1",
    "make a role": "CREATE ROLE intruder",
    "make a database": "CREATE DATABASE intruder",
    "switch a guard off": (
        "ALTER TABLE recommendations_publication DISABLE TRIGGER recommendations_publication_is_signed"
    ),
    "drop a guard": "DROP TRIGGER recommendations_publication_is_signed ON recommendations_publication",
    "add a trigger": (
        "CREATE TRIGGER t BEFORE INSERT ON recommendations_signedwords"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    "change a guard's function": (
        "CREATE OR REPLACE FUNCTION recommendations_publication_is_signed() RETURNS trigger"
        " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    ),
    "drop a guard's function": "DROP FUNCTION recommendations_publication_is_signed() CASCADE",
    "change the view": "CREATE OR REPLACE VIEW portal_publication AS SELECT 1",
    "drop the view": "DROP VIEW portal_publication",
    "drop a table": "DROP TABLE recommendations_publication CASCADE",
    "change a table": "ALTER TABLE recommendations_publication DROP COLUMN digest",
    "make a large object": "SELECT lo_create(0)",
    "fill a large object": "SELECT lo_from_bytea(0, 'x')",
    "read a file": "SELECT pg_read_file('PG_VERSION')",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'cat'",
}


@pytest.mark.parametrize("door", ["default", "portal"])
@pytest.mark.parametrize("statement", POWERS.values(), ids=POWERS.keys())
def test_neither_role_can(door: str, statement: str) -> None:
    with session(door) as cursor, pytest.raises(REFUSED):
        cursor.execute(statement)


@pytest.mark.parametrize("door", ["default", "portal"])
def test_neither_role_enters_the_key_store(door: str) -> None:
    keys = connections["keystore"].settings_dict["NAME"]
    known = connections[door].get_connection_params() | {"dbname": keys}
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**known)


def test_a_key_store_that_lets_the_application_in_is_named() -> None:
    keys = connections["keystore"].settings_dict["NAME"]
    with session("keystore") as cursor:
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO PUBLIC").format(sql.Identifier(keys)))
        try:
            with connections["default"].cursor() as asked:
                found = list(checks.faults(asked))
        finally:
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(keys)))
    assert found == [
        f"The role {role} may enter the database of the key store." for role in ("app", "portal")
    ]
    with connections["default"].cursor() as asked:
        assert list(checks.faults(asked)) == []


def test_the_application_has_nothing_to_give_away() -> None:
    """PostgreSQL only warns where a role may not grant what it holds itself, so the effect is what counts."""
    with session("default") as cursor:
        cursor.execute("GRANT SELECT ON recommendations_suggestion TO portal, PUBLIC")
    with session("portal") as cursor, pytest.raises(REFUSED):
        cursor.execute("SELECT 1 FROM recommendations_suggestion")


@pytest.mark.parametrize("door", ["default", "portal"])
def test_there_is_nothing_behind_a_role_that_a_reset_would_give_back(door: str) -> None:
    with session(door) as cursor:
        name = cursor.execute("SELECT current_user").fetchone()
        for statement in ("RESET ROLE", "RESET SESSION AUTHORIZATION", "SET ROLE NONE", "DISCARD ALL"):
            cursor.execute(statement)
            assert cursor.execute("SELECT current_user, session_user").fetchone() == (
                *(name or ()),
                *(name or ()),
            )


def test_the_roles_own_nothing_and_have_no_powers_or_memberships() -> None:
    with session("default") as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid"
            " WHERE r.rolname IN ('app', 'portal') AND d.deptype = 'o'"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
            " WHERE r.rolname IN ('app', 'portal')"
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("door", ["default", "portal"])
def test_neither_role_reads_the_key_store(door: str) -> None:
    place, store = connections[door].settings_dict, connections["keystore"].settings_dict
    try:
        connection = psycopg.connect(
            host=place["HOST"],
            port=place["PORT"],
            user=place["USER"],
            password=place["PASSWORD"],
            dbname=store["NAME"],
        )
    except psycopg.OperationalError:
        return
    with connection, pytest.raises(REFUSED):
        connection.execute("SELECT wrapped FROM keystore_patientkey")


@COMMITTED
def test_djangos_portal_door_reads_the_views_and_nothing_else(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    approved(draft, cast.treating)
    assert PublishedWords.objects.filter(patient_id=cast.patient.pk).count() == 1
    assert PublishedWords.objects.db == StoppedPublication.objects.db == "portal"
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (PORTAL,)
    with pytest.raises(ProgrammingError, match="permission denied"):
        Suggestion.objects.using("portal").exists()
