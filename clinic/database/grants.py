"""What each database role may do: declared once, applied after every migrate, healed where somebody added to it.

Each of our applications declares its own tables in `grants.py` as `GRANTS: dict[table, Grant]`. A table that
nobody declared stops the migration, so a new one cannot slip in with rights that nobody thought about.
"""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

APP, PORTAL = "app", "portal"


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role may do with one table; `update` names the columns that may change, or is True for all."""

    select: bool = True
    insert: bool = False
    update: tuple[str, ...] | Literal[True] = ()
    delete: bool = False
    role: str = APP

    def clauses(self) -> list[str]:
        """The privileges as SQL, for example `['SELECT', 'UPDATE ("state")']`."""
        clauses = [word for word, given in (("SELECT", self.select), ("INSERT", self.insert)) if given]
        if self.update is True:
            clauses.append("UPDATE")
        elif self.update:
            clauses.append(f"UPDATE ({_quoted(self.update)})")
        return [*clauses, *(["DELETE"] if self.delete else [])]


ALL = Grant(insert=True, update=True, delete=True)
READ = Grant()
APPEND = Grant(insert=True)


def declared() -> dict[str, Grant]:
    """Every table and view of the main database with its grant."""
    found: dict[str, Grant] = {}
    for config in apps.get_app_configs():
        if config.name.partition(".")[0] in {"clinic", "recommendations", "dashboard", "audit"}:
            found |= _declared_by(config)
    return found


def _declared_by(config: AppConfig) -> dict[str, Grant]:
    try:
        module = importlib.import_module(f"{config.name}.grants")
    except ModuleNotFoundError as missing:
        if missing.name != f"{config.name}.grants":
            raise
        return {}
    grants: dict[str, Grant] = module.GRANTS
    return grants


def after_migrate(*, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate: apply the grants when the main database was migrated."""
    if using == "default":
        apply()
    if using == "keystore":
        close_keystore()


def close_keystore() -> None:
    """Only its owner enters the key store: by default PostgreSQL lets every role of the server in."""
    with connections["keystore"].cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        cursor.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC, {APP}, {PORTAL}')


def apply() -> None:
    """Revoke everything from PUBLIC and both roles, then grant what is declared; one transaction.

    Raises ImproperlyConfigured when the database holds a table that no `grants.py` names.
    """
    grants = declared()
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        _refuse_undeclared(cursor, grants)
        for statement in (*_revocations(cursor), *_grants(cursor, grants)):
            cursor.execute(statement)


def _refuse_undeclared(cursor: CursorWrapper, grants: dict[str, Grant]) -> None:
    cursor.execute(
        "SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'v', 'p', 'm')"
    )
    missing = sorted({row[0] for row in cursor.fetchall()} - set(grants))
    if missing:
        raise ImproperlyConfigured(f"No grants.py says who may use: {', '.join(missing)}.")


def _revocations(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute("SELECT current_database()")
    (database,) = cursor.fetchone()
    roles = f"PUBLIC, {APP}, {PORTAL}"
    yield f'REVOKE ALL ON DATABASE "{database}" FROM {roles}'
    yield f"REVOKE ALL ON SCHEMA public FROM {roles}"
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {roles}"
    yield f'GRANT CONNECT ON DATABASE "{database}" TO {APP}, {PORTAL}'
    yield f"GRANT USAGE ON SCHEMA public TO {APP}, {PORTAL}"


def _grants(cursor: CursorWrapper, grants: dict[str, Grant]) -> Iterator[str]:
    cursor.execute("SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace")
    present = {row[0] for row in cursor.fetchall()}
    for table, grant in grants.items():
        if table in present and (clauses := grant.clauses()):
            yield f'GRANT {", ".join(clauses)} ON "{table}" TO {grant.role}'
