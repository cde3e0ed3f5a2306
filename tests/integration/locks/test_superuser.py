"""`session_replication_role = replica` switches foreign keys and ordinary triggers off. Ours stay on."""

import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from runner.postgres_server import PostgresServer

from tests import database
from tests.database import ROLLED_BACK
from tests.integration.locks.clones import session
from tests.services import child_environment

INSERT = """
INSERT INTO recommendations_publication (id, patient_id, signature_id, words_id, digest, kind, visible_from)
VALUES (%s, %s, %s, %s, %s, 'plan_item', now())
"""


@pytest.fixture
def superuser(private_postgres: PostgresServer) -> Iterator[psycopg.Cursor]:
    """The superuser of a server of its own, in a migrated database, in replica mode."""
    environment = dict(child_environment()) | private_postgres.environment()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env=environment,
        cwd=settings.BASE_DIR,
        check=True,
        timeout=120,
    )
    url = private_postgres.superuser_url("countersign")
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor


def forge(cursor: psycopg.Cursor) -> None:
    cursor.execute(INSERT, [uuid4(), uuid4(), uuid4(), uuid4(), "0" * 64])


@pytest.mark.faults
@ROLLED_BACK
def test_in_replica_mode_too_a_forged_publication_is_refused_and_nothing_is_deleted(
    superuser: psycopg.Cursor,
) -> None:
    with pytest.raises(psycopg.IntegrityError, match="nobody signed these words"):
        forge(superuser)
    with pytest.raises(psycopg.IntegrityError, match="append-only"):
        superuser.execute("DELETE FROM audit_entry")
    superuser.execute(
        "ALTER TABLE recommendations_publication ENABLE TRIGGER recommendations_publication_is_signed"
    )
    forge(superuser)
    superuser.execute("SELECT count(*) FROM recommendations_publication")
    assert superuser.fetchone() == (1,), "only ENABLE ALWAYS kept it out"


@ROLLED_BACK
@pytest.mark.parametrize("door", ["default", "portal", "owner"])
def test_nobody_else_may_switch_to_replica_mode(door: str) -> None:
    opened = database.owner_cursor() if door == "owner" else session(door)
    with opened as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute("SET session_replication_role = replica")
