"""PostgreSQL, Redis and the key store for the benchmarks, with the project's tables, thrown away afterwards."""

import base64
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "script"))

from runner import programs
from runner.paths import PROJECT
from runner.services import Services, private_postgres, private_redis

SUPERUSER = "BENCH_SUPERUSER_URL"
MEMORY = {"shared_buffers": "1GB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB", "work_mem": "16MB"}
"""What a small dedicated server would be given; PostgreSQL's own defaults are for 128 MB."""


__all__ = ["PROJECT", "SUPERUSER", "network_environment"]


@contextmanager
def network_environment() -> Iterator[dict[str, str]]:
    """Empty services with all tables: the environment of a program that works on them as the application."""
    made = Services()
    try:
        made.postgres = private_postgres(made.place())
        made.postgres.settings |= MEMORY
        made.postgres.start()
        made.redis = private_redis(made.place())
        made.redis.start()
        made.environment |= made.postgres.environment()
        made.environment |= {name: secret() for name in ("KEYSTORE_KEK", "AUDIT_KEY", "SECRET_KEY")}
        made.environment |= {
            "REDIS_URL": made.redis.url,
            "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            SUPERUSER: made.postgres.superuser_url("countersign"),
        }
        migrating = programs.surroundings_of_command(["migrate"], made.environment)
        subprocess.run(
            [sys.executable, PROJECT / "manage.py", "migrate", "--verbosity", "0"], check=True, env=migrating
        )
        yield dict(programs.surroundings(made.environment))
    finally:
        made.stop()


def secret() -> str:
    """32 random bytes as the settings take them."""
    return base64.b64encode(secrets.token_bytes(32)).decode()
