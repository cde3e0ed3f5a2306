"""Fill the tables of a network. Indexes are made again after the rows; guards stay, foreign keys are not asked."""

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import psycopg

from bench.network import observed, people
from bench.network.scale import Scale
from bench.network.server import SUPERUSER
from recommendations import releases

LARGE = ("clinic_observation", "recommendations_moodreading", "recommendations_suggestion")


def load(scale: Scale, *, at: dt.datetime) -> None:
    """Make the whole network as of `at`; says how long each part took."""
    releases.mood()
    releases.suggest()
    with psycopg.connect(os.environ[SUPERUSER], autocommit=True) as connection:
        cursor = connection.cursor()
        # Made-up rows fit by construction. The guards are ENABLE ALWAYS and go on working.
        cursor.execute("SET session_replication_role = replica")
        with told("staff and patients"):
            people.staff(cursor, scale, at=at)
            people.sign_texts(at=at)
            ring = people.patients(cursor, scale, at=at)
            people.mirror(cursor)
        with without_indexes(cursor):
            with told("observations"):
                observed.observations(cursor, scale, today=at.date())
            with told("readings"):
                observed.readings(cursor, today=at.date())
            cursor.execute("CREATE INDEX bench_readings ON recommendations_moodreading (patient_id, as_of)")
            with told("drafts"):
                observed.drafts(cursor, scale, today=at.date())
            cursor.execute("DROP INDEX bench_readings")
        with told("drafts with words"):
            observed.sealed_drafts(scale, ring, today=at.date())
        with told("VACUUM ANALYZE"):
            cursor.execute("VACUUM ANALYZE")


@contextmanager
def without_indexes(cursor: psycopg.Cursor) -> Iterator[None]:
    """Drop the plain indexes of the large tables, and make them again afterwards."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [list(LARGE)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    with told("indexes"):
        for _, definition in found:
            cursor.execute(definition)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say on standard error how long something took."""
    began = perf_counter()
    yield
    print(f"  {what}: {perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
