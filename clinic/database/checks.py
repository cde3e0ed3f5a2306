"""Is every guard of the database in place? Asked by `check --database default`, web, worker and supervisor.

Plain `check` and WSGI run no database checks, and Celery discards their result, so each entrance calls
`refuse_to_run_unguarded` itself.
"""

import importlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import ERROR, CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.utils import CursorWrapper

from audit.guards import Guard, guard_faults
from clinic.database.grants import declared
from clinic.database.roles import role_faults
from clinic.database.views import View, view_faults

GUARD_MODULES = ("audit.guards", "clinic.guards", "recommendations.guards")
VIEW_MODULE = "recommendations.guards"


def guards() -> list[Guard]:
    """Every guard that our applications declare."""
    return [guard for module in GUARD_MODULES for guard in importlib.import_module(module).GUARDS]


def views() -> tuple[View, ...]:
    """The views through which the portal reads, as they are declared."""
    found: tuple[View, ...] = importlib.import_module(VIEW_MODULE).VIEWS
    return found


@register(Tags.database)
def guards_in_place(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Errors for guards that are missing and for rights that a role should not have. Nine queries, 6 ms.

    Silent for the owner: its migrations are what puts the guards in place.
    """
    if not databases or "default" not in databases:
        return []
    with connections["default"].cursor() as cursor:
        found = [] if acts_as_owner(cursor) else list(faults(cursor))
    return [
        Error(
            fault, hint="Run ./script/manage migrate; it puts every guard and grant back.", id="clinic.E001"
        )
        for fault in found
    ]


def faults(cursor: CursorWrapper) -> Iterator[str]:
    """One sentence for everything that is not as declared: guards, views of the portal, rights of the roles."""
    yield from guard_faults(cursor=cursor, guards=guards())
    yield from view_faults(cursor, views())
    yield from role_faults(cursor, declared())


def refuse_to_run_unguarded() -> None:
    """Raise ImproperlyConfigured, naming each fault, unless every guard is in place and this is not the owner."""
    with connections["default"].cursor() as cursor:
        owner = acts_as_owner(cursor)
    if owner:
        raise ImproperlyConfigured(
            "Countersign does not run as the owner of its tables: it could lift every guard."
        )
    found = run_checks(tags=[Tags.database], databases=["default"])
    errors = [each for each in found if each.level >= ERROR]
    if errors:
        raise ImproperlyConfigured("Countersign does not run unguarded. " + " ".join(e.msg for e in errors))


def acts_as_owner(cursor: CursorWrapper) -> bool:
    """Whether this connection is that of the migrations, which own the tables."""
    cursor.execute(
        "SELECT pg_get_userbyid(datdba) = current_user FROM pg_catalog.pg_database"
        " WHERE datname = current_database()"
    )
    return bool(cursor.fetchone()[0])
