"""The lock in the database: forged rows are refused by PostgreSQL itself, whatever code writes them."""

import re
from collections.abc import Mapping

from django.db import DatabaseError, transaction

from tests import database
from tests.cast import Cast, assemble
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.locks import clones
from tests.integration.locks.forgeries import FORGERIES, IMPOSSIBLE, TRUE_ROWS, Made, Scene, insert, scene

BY_GUARDS = re.compile(
    "cannot review their own record|the draft is not|no approving review|does not cover these words"
    "|nobody signed these words|violates foreign key constraint"
)
BY_CONSTRAINTS = re.compile(
    "violates (check|unique|foreign key) constraint|nobody signed|no approving|the draft is"
)


def refusals(at: Scene, rows: Mapping[str, Made]) -> dict[str, str]:
    """Each row tried and undone: the sentence with which PostgreSQL refused it, or "" where it was accepted."""
    found = {}
    for name, (table, make) in rows.items():
        found[name] = ""
        with transaction.atomic():
            try:
                insert(table, make(at))
            except DatabaseError as refusal:
                found[name] = str(refusal)
            transaction.set_rollback(True)
    return found


@ROLLED_BACK
def test_every_forged_row_is_refused_for_its_lie(cast: Cast) -> None:
    at = scene(cast)
    assert refusals(at, TRUE_ROWS) == dict.fromkeys(TRUE_ROWS, ""), "the same rows without a lie are accepted"
    for rows, expected in ((FORGERIES, BY_GUARDS), (IMPOSSIBLE, BY_CONSTRAINTS)):
        unexpected = {name: said for name, said in refusals(at, rows).items() if not expected.search(said)}
        assert unexpected == {}


@COMMITTED
def test_on_a_copy_without_guards_every_forgery_is_accepted() -> None:
    """So it is the guards that refuse them; the plain constraints hold by themselves."""
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            clones.lift_guards(cursor)
        at = scene(assemble())
        assert refusals(at, FORGERIES) == dict.fromkeys(FORGERIES, "")
        assert all(refusals(at, IMPOSSIBLE).values())
