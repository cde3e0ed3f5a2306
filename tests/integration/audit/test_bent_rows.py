"""Rows and places bent out of any shape that ours could have: found, and never a check that falls over."""

import pytest
from django.db.backends.utils import CursorWrapper

from audit.findings import Fault
from tests.database import COMMITTED
from tests.integration.audit import tampering as tamper
from tests.integration.audit.tampering import after

pytestmark = [COMMITTED, pytest.mark.usefixtures("six_entries")]


@pytest.mark.parametrize(
    ("assignment", "fault"),
    [
        ("leaf = decode(repeat('00', 32), 'hex')", Fault.EDITED),
        ("running = decode(repeat('00', 32), 'hex')", Fault.CHAIN_BROKEN),
        ("seal = decode(repeat('00', 32), 'hex')", Fault.RESEALED),
        ("index = 0", Fault.CHAIN_BROKEN),
        ("index = -9000000000000000000", Fault.CHAIN_BROKEN),
        ("index = 4", Fault.MISSING),
        ("index = 9000000000000000000", Fault.MISSING),
    ],
)
def test_a_bent_place_is_found(assignment: str, fault: Fault) -> None:
    finding = after(lambda cursor: tamper.set_place(cursor, 3, assignment)).finding
    assert finding is not None
    assert finding.fault is fault


def test_a_whole_log_numbered_below_1_is_found() -> None:
    finding = after(lambda cursor: cursor.execute("UPDATE audit_sequence SET index = index - 100")).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.CHAIN_BROKEN, 1)


def test_a_second_place_with_the_same_number_is_found() -> None:
    def doubled(cursor: CursorWrapper) -> None:
        tamper.insert_place(cursor, 4, tamper.forge_entry(cursor, like=2))
        tamper.set_place(cursor, 4, "index = 3")
        cursor.execute("UPDATE audit_sequence SET index = index - 1 WHERE index > 4")

    finding = after(doubled).finding
    assert finding is not None
    assert finding.number in {3, 4}


@pytest.mark.parametrize("column", ["action", "facts", "happened_at", "recorded_at", "salt", "mac"])
def test_a_value_taken_away_altogether_is_found(column: str) -> None:
    def emptied(cursor: CursorWrapper) -> None:
        cursor.execute(f"ALTER TABLE audit_entry ALTER {column} DROP NOT NULL")
        tamper.set_entry(cursor, 3, f"{column} = NULL")

    finding = after(emptied).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.EDITED, 3)


def test_facts_nested_too_deep_to_read_are_found_and_do_not_stop_the_check() -> None:
    finding = after(
        lambda cursor: tamper.set_entry(cursor, 3, "facts = (repeat('[', 3000) || repeat(']', 3000))::jsonb")
    ).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.EDITED, 3)
