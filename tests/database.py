"""How the tests use PostgreSQL: set up as the owner, run as the application, cleaned as the owner.

Django's flush cannot clean append-only tables: as `app` it may not, as owner the triggers refuse. So the owner
switches the triggers off on a connection of its own, deletes, and enables them ALWAYS again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.conf import settings
from django.db import connections

ROLLED_BACK = pytest.mark.django_db(databases=["default", "keystore"])
"""One connection, undone at the end: 1 to 2 ms. The portal's door sees nothing of it."""

COMMITTED = pytest.mark.django_db(transaction=True, databases=["default", "portal", "keystore"])
"""Rows are committed, so that the portal's door and other connections see them; wiped as the owner afterwards."""

KEPT_TABLES = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def act_as(alias: str, url: str) -> tuple[str, str]:
    """Let `alias` sign in with the name and password of `url`; returns what it had before."""
    connection = connections[alias]
    before = (connection.settings_dict["USER"], connection.settings_dict["PASSWORD"])
    parsed = dj_database_url.parse(url)
    connection.close()
    connection.settings_dict |= {"USER": parsed["USER"], "PASSWORD": parsed["PASSWORD"]}
    return before


def give_back(alias: str, before: tuple[str, str]) -> None:
    """Undo `act_as`."""
    connections[alias].close()
    connections[alias].settings_dict["USER"], connections[alias].settings_dict["PASSWORD"] = before


@contextmanager
def owner_cursor(*, database: str | None = None) -> Iterator[psycopg.Cursor]:
    """A cursor of the owner on the test database, autocommitting: what an intruder with that password could do."""
    parsed = dj_database_url.parse(settings.DATABASE_OWNER_URL)
    name = database or str(connections["default"].settings_dict["NAME"])
    with (
        psycopg.connect(
            host=parsed["HOST"],
            port=parsed["PORT"],
            user=parsed["USER"],
            password=parsed["PASSWORD"],
            dbname=name,
            autocommit=True,
        ) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SET lock_timeout = '5s'")
        yield cursor


@contextmanager
def guards_off(cursor: psycopg.Cursor, *tables: str) -> Iterator[None]:
    """Our triggers on these tables switched off, and ALWAYS on again afterwards."""
    guarded = _triggers(cursor, tables)
    _switch(cursor, guarded, "DISABLE")
    try:
        yield
    finally:
        _switch(cursor, guarded, "ENABLE ALWAYS")


def _switch(cursor: psycopg.Cursor, guarded: list[tuple[str, str]], how: str) -> None:
    """All of them in one round trip and one transaction."""
    cursor.execute("".join(f'ALTER TABLE "{table}" {how} TRIGGER "{name}";' for table, name in guarded))


def _triggers(cursor: psycopg.Cursor, tables: tuple[str, ...]) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        " AND (c.relname = ANY(%s) OR %s)",
        [list(tables), not tables],
    )
    return list(cursor.fetchall())


def wipe() -> None:
    """Delete every row of the main test database and of the key store."""
    with owner_cursor() as cursor:
        tables = _filled(cursor)
        if tables:
            with guards_off(cursor, *tables):
                deletes = "".join(f'DELETE FROM "{table}";' for table in tables)
                cursor.execute(f"BEGIN; SET CONSTRAINTS ALL DEFERRED; {deletes} COMMIT")
    with connections["keystore"].cursor() as keys:
        keys.execute("DELETE FROM keystore_patientkey")


def _filled(cursor: psycopg.Cursor) -> list[str]:
    """The tables that hold rows: a test fills a few of them, and each guard that is switched off and on costs."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = [row[0] for row in cursor.fetchall() if row[0] not in KEPT_TABLES]
    asked = " UNION ALL ".join(f"SELECT '{each}' WHERE EXISTS (SELECT FROM \"{each}\")" for each in tables)
    cursor.execute(asked)
    return [row[0] for row in cursor.fetchall()]


def dismiss(name: str) -> None:
    """End every session of ours on a database: copying and dropping it need it alone.

    A thread of an earlier test may have left one. Each role ends its own sessions; nobody here may end another's.
    """
    for url in (
        *(_url(alias) for alias in ("default", "portal")),
        dj_database_url.parse(settings.DATABASE_OWNER_URL),
    ):
        with psycopg.connect(
            host=url["HOST"],
            port=url["PORT"],
            user=url["USER"],
            password=url["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
                [name],
            )


def _url(alias: str) -> dict[str, Any]:
    return {key: connections[alias].settings_dict[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
