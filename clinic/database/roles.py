"""What the database roles may really do, held against what `grants.py` declares."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections
from django.db.backends.utils import CursorWrapper

from clinic.database.grants import APP, PORTAL, Grant

_POWERS = """
SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
       EXISTS (SELECT FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid),
       EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relowner = r.oid)
           OR EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.datdba = r.oid)
           OR EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.proowner = r.oid),
       has_database_privilege(r.oid, current_database(), 'TEMP, CREATE')
           OR has_schema_privilege(r.oid, 'public', 'CREATE')
FROM pg_catalog.pg_roles r WHERE rolname IN (%s, %s)
"""

# What a role set for itself comes back with every session of it, and no grant keeps it from doing so.
_OWN_SETTINGS = """
SELECT r.rolname, array_agg(split_part(setting, '=', 1) ORDER BY 1)
FROM pg_catalog.pg_roles r JOIN pg_catalog.pg_db_role_setting s ON s.setrole = r.oid, unnest(s.setconfig) setting
WHERE r.rolname IN (%s, %s) GROUP BY r.rolname
"""

_KEY_STORE = """
SELECT r.rolname FROM pg_catalog.pg_roles r, pg_catalog.pg_database d
WHERE r.rolname IN (%s, %s) AND d.datname = %s AND d.datname <> current_database()
  AND has_database_privilege(r.oid, d.oid, 'CONNECT, TEMP, CREATE')
"""

_DANGEROUS = """
SELECT r.rolname, c.relname FROM pg_catalog.pg_class c, pg_catalog.pg_roles r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') AND r.rolname IN (%s, %s)
  AND has_table_privilege(r.oid, c.oid, 'TRUNCATE, TRIGGER, REFERENCES, MAINTAIN')
"""

# A privilege on the table counts for each of its columns, so both kinds of grant are seen.
_COLUMNS = """
SELECT r.rolname, c.relname, array_agg(a.attname::text),
       coalesce(array_agg(a.attname::text) FILTER (WHERE has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')), '{}'),
       coalesce(array_agg(a.attname::text) FILTER (WHERE has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT')), '{}'),
       coalesce(array_agg(a.attname::text) FILTER (WHERE has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE')), '{}'),
       has_table_privilege(r.oid, c.oid, 'DELETE')
FROM pg_catalog.pg_roles r, pg_catalog.pg_class c
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') AND r.rolname IN (%s, %s)
GROUP BY r.rolname, r.oid, c.relname, c.oid ORDER BY r.rolname, c.relname
"""

_NOTHING = Grant(select=False)


@dataclass(frozen=True, slots=True)
class Held:
    """What a role may do with one table: the columns for each of three verbs, and whether it may delete rows."""

    select: frozenset[str]
    insert: frozenset[str]
    update: frozenset[str]
    delete: bool


def role_faults(cursor: CursorWrapper, grants: dict[str, Grant]) -> Iterator[str]:
    """One sentence for each right that a role should not have, or should have and has not. Six queries."""
    cursor.execute("SELECT session_user = current_user AND current_user = %s", [APP])
    if not cursor.fetchone()[0]:
        yield f"The application must sign in to PostgreSQL as {APP} itself."
    cursor.execute(_POWERS, [APP, PORTAL])
    for role, *powers in cursor.fetchall():
        if any(powers):
            yield f"The role {role} has more than its grants: attributes, memberships, ownership or TEMP."
    cursor.execute(_OWN_SETTINGS, [APP, PORTAL])
    for role, names in cursor.fetchall():
        yield f"The role {role} has settings of its own ({', '.join(names)}): ALTER ROLE {role} RESET ALL."
    cursor.execute(_KEY_STORE, [APP, PORTAL, connections["keystore"].settings_dict["NAME"]])
    for (role,) in sorted(cursor.fetchall()):
        yield f"The role {role} may enter the database of the key store."
    cursor.execute(_DANGEROUS, [APP, PORTAL])
    for role, table in cursor.fetchall():
        yield f"The role {role} may more than read and write rows of {table}."
    cursor.execute(_COLUMNS, [APP, PORTAL])
    for role, table, columns, select, insert, update, delete in cursor.fetchall():
        held = Held(frozenset(select), frozenset(insert), frozenset(update), delete)
        grant = grants.get(table, _NOTHING)
        declared = _declared(grant if grant.role == role else _NOTHING, frozenset(columns))
        yield from _differences(role, table, held, declared)


def _declared(grant: Grant, columns: frozenset[str]) -> Held:
    nothing = frozenset[str]()
    return Held(
        select=columns if grant.select else nothing,
        insert=columns if grant.insert else nothing,
        update=columns if grant.update is True else frozenset(grant.update),
        delete=grant.delete,
    )


def _differences(role: str, table: str, held: Held, declared: Held) -> Iterator[str]:
    for verb in ("select", "insert", "update"):
        extra = sorted(getattr(held, verb) - getattr(declared, verb))
        lacking = sorted(getattr(declared, verb) - getattr(held, verb))
        if extra:
            yield f"The role {role} may {verb} {', '.join(extra)} of {table}, which nobody declared."
        if lacking:
            yield f"The role {role} may not {verb} {', '.join(lacking)} of {table}, as is declared."
    if held.delete != declared.delete:
        yield f"The role {role} may{'' if held.delete else ' not'} delete rows of {table}; the opposite is declared."
