"""What only an administrator of the PostgreSQL server can set right: `check` says it, and nothing stops for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.db.backends.utils import CursorWrapper

from clinic.database.grants import APP, PORTAL

_LARGE_OBJECTS = """
SELECT DISTINCT r.rolname FROM pg_catalog.pg_roles r, pg_catalog.pg_proc p
WHERE r.rolname IN (%s, %s) AND p.pronamespace = 'pg_catalog'::regnamespace
  AND p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea') AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
ORDER BY 1
"""

QUIET = {"log_min_error_statement": ("panic", "fatal"), "log_error_verbosity": ("terse",)}
"""Settings of the server with the values under which its log holds no values of a statement that failed."""


@register(Tags.database)
def server_is_tight(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warnings for each database that is checked."""
    found = [each for alias in databases or () if alias != "portal" for each in _of(alias)]
    hint = "docs/how-to/own-postgres.md says how an administrator of the server sets it right."
    return [Warning(each, hint=hint, id="clinic.W002") for each in found]


def _of(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        return list(advice(cursor))


def advice(cursor: CursorWrapper) -> Iterator[str]:
    """One sentence for each thing. Three queries."""
    cursor.execute(_LARGE_OBJECTS, [APP, PORTAL])
    for (role,) in cursor.fetchall():
        yield f"The role {role} may make large objects, which no grant of a table bounds."
    for name, quiet in QUIET.items():
        cursor.execute("SELECT current_setting(%s)", [name])
        (value,) = cursor.fetchone()
        if value not in quiet:
            yield f"The server's log holds values of statements that fail: {name} is {value}."
