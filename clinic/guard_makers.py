"""How the triggers that guard tables are made."""

from audit.guards import Guard

KEPT = """
BEGIN
    RAISE EXCEPTION '% keeps its rows: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
"""

_ONLY = """
BEGIN
    IF (pg_catalog.to_jsonb(OLD) - {columns}) IS DISTINCT FROM (pg_catalog.to_jsonb(NEW) - {columns}) THEN
        RAISE EXCEPTION '%: only {names} may change', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""


def only_changes(table: str, *columns: str) -> Guard:
    """A guard that lets nothing but these columns of a row change; whole rows are compared.

    Not a trigger `OF column`: dropping a column of that list would silently drop the trigger with it.
    """
    array = "ARRAY[" + ", ".join(f"'{column}'" for column in columns) + "]"
    return Guard(
        table=table,
        trigger=f"{table}_only_changes",
        function=f"{table}_only_changes",
        body=_ONLY.format(columns=array, names=", ".join(columns)),
        events="UPDATE",
        each="ROW",
    )


def keeps_rows(table: str) -> Guard:
    """A guard that refuses DELETE and TRUNCATE."""
    return Guard(
        table=table,
        trigger=f"{table}_keeps_rows",
        function=f"{table}_keeps_rows",
        body=KEPT,
        events="DELETE OR TRUNCATE",
    )


ONCE = """
BEGIN
    IF OLD.{column} IS NOT NULL THEN
        RAISE EXCEPTION '%: {column} is set once', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""


def set_once(table: str, column: str) -> Guard:
    """A guard that refuses every change of a row in which this column is filled already."""
    return Guard(
        table=table,
        trigger=f"{table}_{column}_once",
        function=f"{table}_{column}_once",
        body=ONCE.format(column=column),
        events="UPDATE",
        each="ROW",
    )
