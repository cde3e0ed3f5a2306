"""Copies of the test database in which locks are lifted, and sessions of its roles.

A copy takes .1 to .2 s. The doors of this process lead to it until it is dropped; the test database stays whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from uuid import uuid4

import dj_database_url
import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from clinic.database import checks, grants
from tests import database
from tests.waiting import until

DOORS = ("default", "portal")
COPY_SECONDS = 10.0

FOREIGN_KEYS = import_module("recommendations.migrations.0002_locks").FOREIGN_KEYS

NAIVE_VIEW = """
DROP VIEW portal_publication;
CREATE VIEW portal_publication AS
SELECT p.id, p.patient_id, p.words_id, p.kind, w.body, p.digest, coalesce(s.printed_name, '') AS printed_name,
       coalesce(s.title, '') AS title, coalesce(s.signed_at, p.visible_from) AS signed_at, p.visible_from,
       p.valid_until
FROM recommendations_publication p
JOIN recommendations_signedwords w ON w.id = p.words_id
LEFT JOIN recommendations_signature s ON s.id = p.signature_id
WHERE p.visible_from <= statement_timestamp()
  AND (p.valid_until IS NULL OR p.valid_until > statement_timestamp())
  {stops};
GRANT SELECT ON portal_publication TO portal
"""
HEEDING_STOPS = "AND NOT EXISTS (SELECT FROM recommendations_publicationstop t WHERE t.publication_id = p.id)"


@contextmanager
def copied() -> Iterator[str]:
    """A copy of the test database, its name given; the doors lead to it, as the roles that they always are."""
    original = str(connections["default"].settings_dict["NAME"])
    copy = f"{original}_{uuid4().hex[:8]}"
    _lead_to(original)
    database.dismiss(original)
    with _maintenance() as cursor:
        until(lambda: _is_copied(cursor, original, copy), seconds=COPY_SECONDS, what=f"{copy} was made")
    _lead_to(copy)
    try:
        _grant(copy)
        yield copy
    finally:
        _lead_to(original)
        with _maintenance() as cursor:
            until(lambda: _is_dropped(cursor, copy), seconds=COPY_SECONDS, what=f"{copy} was dropped")


def _lead_to(name: str) -> None:
    for alias in DOORS:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def _maintenance() -> Iterator[psycopg.Cursor]:
    with database.owner_cursor(database="postgres") as cursor:
        yield cursor


def _is_copied(cursor: psycopg.Cursor, original: str, copy: str) -> bool:
    """False while a connection that was closed just now has not quite left the original."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    try:
        cursor.execute(statement.format(sql.Identifier(copy), sql.Identifier(original)))
    except psycopg.errors.ObjectInUse:
        return False
    return True


def _is_dropped(cursor: psycopg.Cursor, name: str) -> bool:
    try:
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.ObjectInUse:
        return False
    return True


def _grant(name: str) -> None:
    """The rights on the database itself are not copied with it."""
    before = database.act_as("default", settings.DATABASE_OWNER_URL)
    try:
        grants.apply()
    finally:
        database.give_back("default", before)


def lift_guards(cursor: psycopg.Cursor) -> None:
    """Drop every trigger and every foreign key over patient and digest."""
    lift_triggers(cursor)
    lift_foreign_keys(cursor)


def lift_triggers(cursor: psycopg.Cursor) -> None:
    """Drop every trigger."""
    for guard in checks.guards():
        cursor.execute(f"DROP TRIGGER {guard.trigger} ON {guard.table}")


def lift_foreign_keys(cursor: psycopg.Cursor) -> None:
    """Drop every foreign key over patient and digest."""
    for table, name, _columns, _target in FOREIGN_KEYS:
        cursor.execute(f"ALTER TABLE recommendations_{table} DROP CONSTRAINT {name}")


def lift_view(cursor: psycopg.Cursor, *, heeding_stops: bool = True) -> None:
    """Let the portal's view show every publication, whoever decided or signed what, stopped ones too if wanted."""
    cursor.execute(NAIVE_VIEW.format(stops=HEEDING_STOPS if heeding_stops else ""))


@contextmanager
def doors_of_the_owner() -> Iterator[None]:
    """Every door signs in as the owner: no role holds anything back."""
    before = {alias: database.act_as(alias, settings.DATABASE_OWNER_URL) for alias in DOORS}
    try:
        yield
    finally:
        for alias, credentials in before.items():
            database.give_back(alias, credentials)


@contextmanager
def session(alias: str) -> Iterator[psycopg.Cursor[Any]]:
    """An autocommitting session of the role of a door, past Django: what somebody with its password could do."""
    place = connections[alias].settings_dict
    with (
        psycopg.connect(
            host=place["HOST"],
            port=place["PORT"],
            user=place["USER"],
            password=place["PASSWORD"],
            dbname=place["NAME"],
            autocommit=True,
        ) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SET lock_timeout = '5s'")
        yield cursor


def owner_url(name: str) -> str:
    """The owner's URL of a database on the server of the tests."""
    parsed = dj_database_url.parse(settings.DATABASE_OWNER_URL)
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{name}".format(**parsed, name=name)
