"""script/database: the roles and databases of Countersign in a PostgreSQL server of your own."""

import argparse
import importlib
import os
import shlex
import sys
from typing import Any

from runner import packages, roles
from runner.console import RefusalError, say
from runner.installation import OLDEST_POSTGRES
from runner.paths import SCRIPT, VENV, python_of
from runner.state import open_state


def run(arguments: list[str]) -> int:
    """Make roles and databases, or set new passwords for those that exist; print the four URLs."""
    parser = argparse.ArgumentParser(
        prog="script/database",
        description="Make the roles owner, app, portal and keys and the databases countersign and "
        "countersign_keys in a PostgreSQL server, and print the variables that lead to them. Run again, it "
        "sets new passwords.",
    )
    parser.add_argument(
        "admin_url", help="postgres://user:password@host:port/postgres of a role that may make both"
    )
    given = parser.parse_args(arguments).admin_url
    packages.prepare("requirements.txt", open_state().log("setup"))
    if sys.prefix != str(VENV):  # psycopg is only there
        os.execv(python_of(), [str(python_of()), str(SCRIPT), "database", *arguments])
    passwords = roles.new_passwords()
    make(given, passwords)
    for variable, url in roles.urls(passwords, given).items():
        say(f"export {variable}={shlex.quote(url)}")
    return 0


def make(admin_url: str, passwords: dict[str, str]) -> None:
    """Make what is missing in the server. RefusalError when it cannot be reached or does not allow it."""
    psycopg = importlib.import_module("psycopg")
    try:
        with psycopg.connect(admin_url, autocommit=True, connect_timeout=5) as connection:
            if connection.info.server_version < OLDEST_POSTGRES * 10_000:
                raise RefusalError(
                    f"that server is too old: Countersign needs PostgreSQL {OLDEST_POSTGRES} or newer."
                )
            make_roles(connection, passwords)
            make_databases(connection)
            forbid_more(psycopg, connection)
    except psycopg.Error as problem:
        raise RefusalError(f"the server refused: {str(problem).strip()}") from problem


def make_roles(connection: Any, passwords: dict[str, str]) -> None:
    """Each role with its attributes and a new password."""
    for role, password in passwords.items():
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        connection.execute(roles.make_role(role, password, exists=bool(exists)))


def make_databases(connection: Any) -> None:
    """Each database that is missing; an administrator without all rights joins its owner for that moment."""
    superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]
    for name, owner in roles.OWNERS.items():
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            continue
        if not superuser:
            connection.execute(f"GRANT {owner} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")
        connection.execute(roles.make_database(name))
        if not superuser:
            connection.execute(f"REVOKE {owner} FROM CURRENT_USER")


def forbid_more(psycopg: Any, connection: Any) -> None:
    """What only a superuser may forbid, and what the migrations would forbid later."""
    superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]
    if not superuser:
        return
    connection.execute(roles.CLOSED)
    for name in roles.OWNERS:
        known = connection.info
        with psycopg.connect(known.dsn, password=known.password, dbname=name, autocommit=True) as inside:
            inside.execute(roles.without_large_objects())
