"""What each role may do is declared once, and every migrate makes it so again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from clinic.database import checks, grants
from clinic.database.grants import APP, PORTAL, Grant
from tests import database
from tests.database import COMMITTED

FOREIGN_SESSION = "The application must sign in to PostgreSQL as app itself."

GRANTED = (
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO app, portal, PUBLIC",
    "GRANT UPDATE (body) ON recommendations_suggestion TO app",
    "GRANT CREATE ON SCHEMA public TO app",
    "REVOKE SELECT ON portal_publication FROM portal",
    "DO $$ BEGIN EXECUTE format('GRANT TEMP ON DATABASE %I TO app', current_database()); END $$",
)


@contextmanager
def weakened(*statements: str) -> Iterator[CursorWrapper]:
    """The owner weakens the database in a transaction that is undone; a cursor in the middle of it."""
    before = database.act_as("default", settings.DATABASE_OWNER_URL)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            yield cursor
            transaction.set_rollback(True)
    finally:
        database.give_back("default", before)


@COMMITTED
def test_a_table_that_nobody_declared_stops_the_migration() -> None:
    with weakened("CREATE TABLE diary (words text)"), pytest.raises(ImproperlyConfigured, match="diary"):
        grants.apply()


@COMMITTED
def test_migrate_takes_back_what_somebody_granted_and_gives_what_is_missing() -> None:
    with weakened(*GRANTED) as cursor:
        assert len([*checks.faults(cursor)]) > 20
        grants.apply()
        assert [*checks.faults(cursor)] == [FOREIGN_SESSION]


@COMMITTED
def test_migrate_closes_the_key_store_to_all_but_its_owner() -> None:
    asked = "SELECT has_database_privilege('app', current_database(), 'CONNECT, TEMP')"
    with transaction.atomic(using="keystore"), connections["keystore"].cursor() as cursor:
        name = connections["keystore"].ops.quote_name(connections["keystore"].settings_dict["NAME"])
        cursor.execute(f"GRANT CONNECT, TEMP ON DATABASE {name} TO PUBLIC")
        cursor.execute(asked)
        assert cursor.fetchone() == (True,)
        grants.after_migrate(using="keystore")
        cursor.execute(asked)
        assert cursor.fetchone() == (False,)


def test_a_grant_says_what_it_allows() -> None:
    assert Grant(insert=True, update=("state",)).clauses() == ["SELECT", "INSERT", 'UPDATE ("state")']
    assert Grant(select=False, update=True, delete=True).clauses() == ["UPDATE", "DELETE"]
    assert {grant.role for grant in grants.declared().values()} == {APP, PORTAL}
