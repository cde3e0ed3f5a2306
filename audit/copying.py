"""Many rows of one table with COPY, several times as fast as bulk_create. Triggers, checks and keys hold as ever."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.expressions import DatabaseDefault
from django.db.models.fields import AutoFieldMixin
from django.db.transaction import get_connection
from psycopg import sql


def copy_in(rows: Sequence[models.Model]) -> None:
    """Insert these new rows of one model, in their order, in the caller's transaction.

    What the database fills in itself (a counted id, a default) is left to it, and the objects do not learn it.
    """
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not _is_filled_in(field, rows[0])]
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    table = sql.Identifier(rows[0]._meta.db_table)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)
    adapters = [(field.attname, _adapter(field)) for field in fields]
    with get_connection().cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([adapt(getattr(row, name)) for name, adapt in adapters])
    for row in rows:
        row._state.adding = False


def _is_filled_in(field: "models.Field[Any, Any]", row: models.Model) -> bool:
    return isinstance(field, AutoFieldMixin) or isinstance(getattr(row, field.attname), DatabaseDefault)


def _adapter(field: "models.Field[Any, Any]") -> Any:
    """What turns a field's value into one that PostgreSQL takes; JSON needs it, the others are taken as they are."""
    if isinstance(field, models.JSONField):
        connection = get_connection()
        return lambda value: field.get_db_prep_save(value, connection)
    return lambda value: value
