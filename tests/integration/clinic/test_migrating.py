"""The command that migrates acts as the owner, and is the only one that does."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test import override_settings

from clinic.database import checks
from tests import database
from tests.database import COMMITTED, ROLLED_BACK


@pytest.fixture
def as_before() -> Iterator[Callable[[], None]]:
    """Call it, and the door signs in as the application again; so it does at the end anyway."""
    settings = connections["default"].settings_dict
    before = (settings["USER"], settings["PASSWORD"])

    def give_back() -> None:
        database.give_back("default", before)

    yield give_back
    give_back()


def user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@COMMITTED
def test_migrate_acts_as_the_owner_and_heals_grants(
    owner: psycopg.Cursor, as_before: Callable[[], None]
) -> None:
    owner.execute("GRANT SELECT ON recommendations_suggestion TO portal")
    assert faults()
    call_command("migrate", verbosity=0)
    assert user() == "owner"
    as_before()
    assert user() == "app"
    assert faults() == []


def faults() -> list[str]:
    with connection.cursor() as cursor:
        return list(checks.faults(cursor))


@ROLLED_BACK
def test_without_the_owners_address_migrate_stops_with_a_sentence() -> None:
    with (
        override_settings(DATABASE_OWNER_URL=""),
        pytest.raises(CommandError, match="DATABASE_OWNER_URL is not set"),
    ):
        call_command("migrate", verbosity=0)
    assert user() == "app"


@ROLLED_BACK
def test_asking_whether_migrations_are_missing_needs_no_owner() -> None:
    with override_settings(DATABASE_OWNER_URL=""):
        call_command("migrate", check_unapplied=True, verbosity=0)
    assert user() == "app"


@ROLLED_BACK
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
