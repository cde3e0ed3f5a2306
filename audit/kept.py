"""Heads of earlier checks that were kept where the owner of the database cannot reach them, held against the log."""

from collections.abc import Mapping

from django.db import connection

from audit.findings import Fault, Finding


def against(kept: Mapping[int, str]) -> Finding | None:
    """What the first kept head that does not fit says of the log."""
    with connection.cursor() as cursor:
        for number, head in sorted(kept.items()):
            cursor.execute("SELECT running FROM audit_sequence WHERE index = %s", [number])
            row = cursor.fetchone()
            if row is None:
                return Finding(Fault.CUT_OFF, number, None)
            if bytes(row[0]).hex() != head:
                return Finding(Fault.REWRITTEN, number, None)
    return None
