"""Is every guard of the database in place? Asked by `check --database default`, web, worker and supervisor.

Plain `check` and WSGI run no database checks, and Celery discards their result, so each entrance calls
`refuse_to_run_unguarded` itself.
"""

import importlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.utils import CursorWrapper

from audit.guards import Guard, guard_faults
from clinic.database.grants import APP, PORTAL

PORTAL_MAY_READ = {"portal_publication", "portal_stop"}
GUARD_MODULES = ("audit.guards", "clinic.guards", "recommendations.guards")


def guards() -> list[Guard]:
    """Every guard that our applications declare."""
    return [guard for module in GUARD_MODULES for guard in importlib.import_module(module).GUARDS]


@register(Tags.database)
def guards_in_place(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Errors for guards that are missing and for rights that a role should not have. Two to four queries."""
    if not databases or "default" not in databases:
        return []
    with connections["default"].cursor() as cursor:
        if acts_as_owner(cursor):
            return []
        faults = [*guard_faults(cursor=cursor, guards=guards()), *_role_faults(cursor)]
    return [
        Error(
            fault, hint="Run ./script/manage migrate; it puts every guard and grant back.", id="clinic.E001"
        )
        for fault in faults
    ]


def refuse_to_run_unguarded() -> None:
    """Raise ImproperlyConfigured, naming each fault, unless every guard is in place."""
    errors = run_checks(tags=[Tags.database], databases=["default"])
    if errors:
        raise ImproperlyConfigured("Countersign does not run unguarded. " + " ".join(e.msg for e in errors))


def acts_as_owner(cursor: CursorWrapper) -> bool:
    """Whether this connection is that of the migrations, which own the tables."""
    cursor.execute(
        "SELECT pg_get_userbyid(datdba) = current_user FROM pg_catalog.pg_database"
        " WHERE datname = current_database()"
    )
    return bool(cursor.fetchone()[0])


_ROLES = """
SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
       EXISTS (SELECT FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid),
       EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relowner = r.oid)
           OR EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.datdba = r.oid)
           OR EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.proowner = r.oid),
       has_database_privilege(r.oid, current_database(), 'TEMP, CREATE')
           OR has_schema_privilege(r.oid, 'public', 'CREATE')
FROM pg_catalog.pg_roles r WHERE rolname IN (%s, %s)
"""

_DANGEROUS = """
SELECT r.rolname, c.relname FROM pg_catalog.pg_class c, pg_catalog.pg_roles r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') AND r.rolname IN (%s, %s)
  AND has_table_privilege(r.oid, c.oid, 'TRUNCATE, TRIGGER, REFERENCES, MAINTAIN')
"""

_PORTAL_READS = """
SELECT c.relname FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
  AND (has_any_column_privilege(%s, c.oid, 'SELECT') OR has_any_column_privilege(%s, c.oid, 'INSERT, UPDATE')
       OR has_table_privilege(%s, c.oid, 'DELETE'))
"""


def _role_faults(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute("SELECT session_user = current_user AND current_user = %s", [APP])
    if not cursor.fetchone()[0]:
        yield f"The application must sign in to PostgreSQL as {APP} itself."
    cursor.execute(_ROLES, [APP, PORTAL])
    for role, powers, member, owns, makes in cursor.fetchall():
        if powers or member or owns or makes:
            yield f"The role {role} has more than its grants: attributes, memberships, ownership or TEMP."
    cursor.execute(_DANGEROUS, [APP, PORTAL])
    for role, table in cursor.fetchall():
        yield f"The role {role} may more than read and write rows of {table}."
    cursor.execute(_PORTAL_READS, [PORTAL, PORTAL, PORTAL])
    extra = {row[0] for row in cursor.fetchall()} - PORTAL_MAY_READ
    if extra:
        yield f"The role {PORTAL} may read {', '.join(sorted(extra))}."
