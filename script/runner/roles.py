"""The four roles and two databases that Countersign needs in a PostgreSQL server.

`owner` owns the tables and may create databases, for the tests; only migrations and tests act as it. `app`
and `portal` own nothing and may do only what the migrations grant them. `keys` owns the key store, a database
apart. What each may read or write is granted by the project's own migrate, never here.
"""

import secrets
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

ATTRIBUTES = {"owner": "LOGIN CREATEDB", "app": "LOGIN", "portal": "LOGIN", "keys": "LOGIN CREATEDB"}
"""Each role and what it may do in the whole server."""

OWNERS = {"countersign": "owner", "countersign_keys": "keys"}
"""Each database and the role that owns it."""

VARIABLES = {
    "DATABASE_URL": ("app", "countersign"),
    "PORTAL_DATABASE_URL": ("portal", "countersign"),
    "DATABASE_OWNER_URL": ("owner", "countersign"),
    "KEYSTORE_URL": ("keys", "countersign_keys"),
}
"""Each variable of the environment with the role and the database that its URL names."""


def new_passwords() -> dict[str, str]:
    """A random password for every role: letters and digits only, so that no place needs to quote it."""
    return {role: secrets.token_hex(24) for role in ATTRIBUTES}


def make_role(role: str, password: str, *, exists: bool) -> str:
    """The SQL statement that makes a role, or sets the attributes and the password of one that exists."""
    if not (role.isalnum() and password.isalnum()):
        raise ValueError("A role and its password are letters and digits.")
    return f"{'ALTER' if exists else 'CREATE'} ROLE {role} {ATTRIBUTES[role]} PASSWORD '{password}'"


def make_database(name: str, *, like: str = "template0") -> str:
    """The SQL statement that makes a database; names sort by code point, alike on every machine."""
    return (
        f"CREATE DATABASE {name} OWNER {OWNERS[name]} TEMPLATE {like} ENCODING 'UTF8' "
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    )


CLOSED = "REVOKE ALL ON DATABASE countersign_keys FROM PUBLIC"
"""The SQL statement after which only its owner enters the key store. The migrations close the main database."""


def without_large_objects() -> str:
    """The SQL statement after which only a superuser makes large objects in the database where it is run.

    They belong to no table, so no grant of ours would bound them.
    """
    return "REVOKE EXECUTE ON FUNCTION lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC"


def statements(passwords: Mapping[str, str]) -> list[str]:
    """All the SQL for a new server, one statement a line; its template was treated before."""
    made = [make_role(role, passwords[role], exists=False) for role in ATTRIBUTES]
    return [*made, *(make_database(name, like="template1") for name in OWNERS), CLOSED]


def urls(passwords: Mapping[str, str], server: str) -> dict[str, str]:
    """Every variable with its URL on `server`: postgres://host:port/?options, user and path replaced."""
    parts = urlsplit(server)
    place = parts.netloc.rpartition("@")[2]
    return {
        variable: urlunsplit(
            ("postgres", f"{role}:{quote(passwords[role])}@{place}", f"/{database}", parts.query, "")
        )
        for variable, (role, database) in VARIABLES.items()
    }
