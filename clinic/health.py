"""Is everything that this installation stands on there? Each question is asked with its own short time-out."""

import datetime as dt
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from clinic.database.checks import acts_as_owner, faults

REDIS_SECONDS = 1.0
QUEUE = "celery"


@dataclass(frozen=True, slots=True)
class Probe:
    """One answer. `required` says whether pages can be served without it; `detail` is for administrators only."""

    name: str
    ok: bool
    required: bool
    milliseconds: float
    detail: str = ""


def probes() -> list[Probe]:
    """Ask everything, in an order in which the first that fails explains the rest."""
    return [
        _asked("postgresql", _postgresql),
        _asked("keystore", _keystore),
        _asked("migrations", _migrations),
        _asked("guards", _guards),
        _asked("redis", _redis, required=False),
    ]


def _asked(name: str, question: Callable[[], str], *, required: bool = True) -> Probe:
    """Ask one question: what it returns is what is wrong, "" where nothing is."""
    began = time.perf_counter()
    try:
        wrong = question()
    except (DatabaseError, redis.RedisError, OSError) as error:
        wrong = type(error).__name__
    return Probe(name, not wrong, required, (time.perf_counter() - began) * 1000, wrong)


def _postgresql() -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _keystore() -> str:
    with connections["keystore"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM keystore_patientkey LIMIT 1")
    return ""


def _migrations() -> str:
    missing = 0
    for alias in (DEFAULT_DB_ALIAS, "keystore"):
        executor = MigrationExecutor(connections[alias])
        missing += len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return f"{missing} not applied" if missing else ""


def _guards() -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        if acts_as_owner(cursor):
            return "acts as the owner of the tables"
        return " ".join(faults(cursor))


def _redis() -> str:
    with _broker() as client:
        client.ping()
    return ""


def queue_length() -> int | None:
    """How many tasks wait in the broker; None while it does not answer."""
    try:
        with _broker() as client:
            return int(client.llen(QUEUE))
    except (redis.RedisError, OSError):
        return None


def _broker() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )


@dataclass(frozen=True, slots=True)
class Disk:
    """Room where the program itself lies and writes; the databases may stand elsewhere."""

    free: int
    total: int


def disk() -> Disk:
    """How much room there is."""
    usage = shutil.disk_usage(settings.BASE_DIR)
    return Disk(usage.free, usage.total)


def age(moment: dt.datetime | None, *, at: dt.datetime) -> float | None:
    """Seconds since then, never negative; None where there was none."""
    return max(0.0, (at - moment).total_seconds()) if moment else None
