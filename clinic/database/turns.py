"""Taking turns: transactions that would collide follow each other instead."""

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until no other transaction has the turn of this `name`; it ends with the caller's own transaction.

    Unlike a row's lock it hinders nothing else: scoring may hold a patient's row while help is shown.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def has_turn(name: str) -> bool:
    """Take the turn of this `name` where no other transaction has it, and wait for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])
