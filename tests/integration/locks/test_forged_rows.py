"""The lock in the database: forged rows are refused by PostgreSQL itself, whatever code writes them."""

import re
from collections.abc import Mapping

from django.db import DatabaseError, transaction

from tests import database
from tests.cast import Cast, assemble
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.locks import clones
from tests.integration.locks.forgeries import Scene, insert, scene
from tests.integration.locks.lies import FORGERIES, IMPOSSIBLE, TRUE_ROWS, Made

BY_GUARDS = re.compile(
    "cannot review their own record|the draft is not|no approving review|does not cover these words"
    "|nobody signed these words|violates foreign key constraint"
)
BY_CONSTRAINTS = re.compile(
    "violates (check|unique|foreign key) constraint|nobody signed|no approving|the draft is"
)

HELD_BY_FOREIGN_KEYS = {
    "a publication of another signature's words",
    "a publication with another digest",
    "a publication of another patient's signature",
    "a signature under another patient's review",
    "a signature of another patient's words",
    "a signature with another digest",
    "a review of a draft of another patient",
}
"""Every lie about the patient, the words or the digest."""


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
def test_triggers_hold_alone_foreign_keys_hold_alone_and_without_both_every_forgery_is_accepted() -> None:
    """So it is the guards that refuse them; the plain constraints hold by themselves."""
    with clones.copied() as copy, database.owner_cursor(database=copy) as cursor:
        at = scene(assemble())
        clones.lift_foreign_keys(cursor)
        by_triggers = refusals(at, FORGERIES)
        assert {name for name, said in by_triggers.items() if "foreign key" in said or not said} == set()
        clones.lift_triggers(cursor)
        assert refusals(at, FORGERIES) == dict.fromkeys(FORGERIES, "")
        assert all(refusals(at, IMPOSSIBLE).values())
    with clones.copied() as copy, database.owner_cursor(database=copy) as cursor:
        at = scene(assemble())
        clones.lift_triggers(cursor)
        by_keys = {name for name, said in refusals(at, FORGERIES).items() if said}
        assert by_keys == HELD_BY_FOREIGN_KEYS
