"""Statements that somebody with the password of the application's role could send, each tried and undone."""

from collections.abc import Mapping
from typing import Any

import psycopg

from tests.integration.locks import clones


def refusals(forgeries: Mapping[str, str], at: Mapping[str, Any]) -> dict[str, str]:
    """Each tried as the application's role up to its commit: why PostgreSQL refused it, or "" where it was accepted."""
    found = {}
    with clones.session("default") as cursor:
        for name, forgery in forgeries.items():
            cursor.execute("BEGIN")
            try:
                cursor.execute(forgery, at)
                found[name] = "" if cursor.rowcount == 1 else "nothing was there"
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            except psycopg.Error as refusal:
                found[name] = str(refusal)
            cursor.execute("ROLLBACK")
    return found
