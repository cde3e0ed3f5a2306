"""Every way of bending the log in SQL is found, and the entry is named."""

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from pytest_django import Settings

from audit.findings import Fault, Finding
from audit.verify import verify
from tests.database import COMMITTED
from tests.integration.audit import tampering as tamper
from tests.integration.audit.log import SIX, place, write
from tests.integration.audit.tampering import Tampering, after, steps

pytestmark = COMMITTED

EDITS = (
    "action = 'signed_out'",
    "actor_id = gen_random_uuid()",
    "actor_id = NULL",
    "actor_role = 'administrator'",
    "patient_id = gen_random_uuid()",
    "record_number = 'CS-20419'",
    "subject_kind = 'suggestion'",
    "subject_id = '7'",
    "reason = 'emergency'",
    "facts = '{\"turn\": 30}'",
    "facts = '{\"turn\": 3.0}'",
    "request_id = 'another'",
    "happened_at = happened_at - interval '1 microsecond'",
    "recorded_at = recorded_at - interval '1 day'",
    "salt = decode(repeat('00', 16), 'hex')",
    "mac = decode(repeat('00', 32), 'hex')",
)


@pytest.mark.usefixtures("six_entries")
@pytest.mark.parametrize("assignment", EDITS)
def test_an_edit_of_any_column_is_found(assignment: str) -> None:
    result = after(lambda cursor: tamper.set_entry(cursor, 3, assignment))
    assert (result.finding and result.finding.fault, result.finding and result.finding.number) == (
        Fault.EDITED,
        3,
    )
    assert result.entries == 2


@pytest.mark.usefixtures("six_entries")
@pytest.mark.parametrize(
    ("tampering", "fault", "number"),
    [
        (lambda c: tamper.delete_entry(c, 3), Fault.DELETED, 3),
        (lambda c: tamper.delete_place(c, 3), Fault.MISSING, 3),
        (lambda c: tamper.delete_both(c, 3), Fault.MISSING, 3),
        (lambda c: tamper.delete_both(c, 1), Fault.MISSING, 1),
        (steps(lambda c: tamper.delete_both(c, 3), lambda c: tamper.close_gap(c, 3)), Fault.CHAIN_BROKEN, 3),
        (
            steps(lambda c: tamper.delete_both(c, 3), lambda c: tamper.close_gap(c, 3), tamper.recompute),
            Fault.RESEALED,
            3,
        ),
        (steps(lambda c: tamper.delete_both(c, 1), lambda c: tamper.close_gap(c, 1)), Fault.CHAIN_BROKEN, 1),
    ],
    ids=["entry", "place", "both", "first", "renumbered", "recomputed", "first renumbered"],
)
def test_a_deletion_is_found(tampering: Tampering, fault: Fault, number: int) -> None:
    finding = after(tampering).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (fault, number)


@pytest.mark.usefixtures("six_entries")
@pytest.mark.parametrize(
    ("tampering", "fault", "number"),
    [
        (lambda c: tamper.swap_entries(c, 2, 5), Fault.REORDERED, 2),
        (lambda c: tamper.swap_places(c, 2, 5), Fault.CHAIN_BROKEN, 2),
        (lambda c: tamper.swap_entries_and_leaves(c, 2, 5), Fault.CHAIN_BROKEN, 2),
        (lambda c: tamper.swap_contents(c, 2, 5), Fault.EDITED, 2),
        (steps(lambda c: tamper.swap_places(c, 2, 5), tamper.recompute), Fault.RESEALED, 2),
        (steps(lambda c: tamper.swap_entries(c, 2, 5), tamper.recompute), Fault.RESEALED, 2),
        (steps(lambda c: tamper.swap_contents(c, 2, 5), tamper.recompute), Fault.RESEALED, 2),
    ],
    ids=[
        "entries",
        "places",
        "entries and leaves",
        "contents",
        "places recomputed",
        "entries recomputed",
        "contents recomputed",
    ],
)
def test_a_reordering_is_found(tampering: Tampering, fault: Fault, number: int) -> None:
    finding = after(tampering).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (fault, number)


@pytest.mark.usefixtures("six_entries")
@pytest.mark.parametrize("number", [1, 3, SIX + 1])
def test_an_entry_put_in_anywhere_and_placed_with_right_digests_is_found(number: int) -> None:
    def put_in(cursor: CursorWrapper) -> None:
        tamper.insert_place(cursor, number, tamper.forge_entry(cursor, like=2))
        tamper.recompute(cursor)

    finding = after(put_in).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.INSERTED, number)


@pytest.mark.usefixtures("six_entries")
def test_an_entry_without_a_place_and_without_the_key_is_found_even_if_backdated() -> None:
    def backdated(cursor: CursorWrapper) -> None:
        forged = tamper.forge_entry(cursor, like=2)
        cursor.execute("UPDATE audit_entry SET recorded_at = '2020-01-01Z', id = -1 WHERE id = %s", [forged])

    assert after(backdated).finding == Finding(Fault.INSERTED, number=None, entry_id=-1)


FORGED_BY_THE_APPLICATIONS_ROLE = """
INSERT INTO audit_entry (action, actor_role, record_number, subject_kind, subject_id, reason, facts, request_id,
                         happened_at, salt, mac)
VALUES ('suggestion_approved', 'psychologist', 'CS-20418', '', '', '', '{}', '', now(),
        decode(repeat('ab', 16), 'hex'), decode(repeat('cd', 32), 'hex'))
"""


@pytest.mark.usefixtures("six_entries")
def test_an_entry_that_the_applications_role_put_in_by_sql_is_found_before_and_after_it_is_placed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORGED_BY_THE_APPLICATIONS_ROLE)
    before = verify()
    assert before.finding is not None
    assert (before.finding.fault, before.finding.number, before.waiting) == (Fault.INSERTED, None, 0)
    place(1)
    finding = verify().finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.INSERTED, SIX + 1)


@pytest.mark.usefixtures("six_entries")
def test_a_copied_entry_is_found() -> None:
    finding = after(lambda cursor: tamper.copy_entry(cursor, 3)).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.COPIED, None)


@pytest.mark.usefixtures("six_entries")
def test_the_first_of_several_faults_is_named() -> None:
    finding = after(
        steps(
            lambda cursor: tamper.set_entry(cursor, 5, "reason = 'other'"),
            lambda cursor: tamper.delete_entry(cursor, 2),
            lambda cursor: tamper.copy_entry(cursor, 1),
        )
    ).finding
    assert finding is not None
    assert (finding.fault, finding.number) == (Fault.DELETED, 2)


@pytest.mark.usefixtures("six_entries")
def test_entries_cut_off_at_the_end_are_not_found_which_is_why_the_command_says_so() -> None:
    result = after(steps(lambda c: tamper.delete_both(c, 6), lambda c: tamper.delete_both(c, 5)))
    assert result.whole
    assert result.entries == SIX - 2


def test_a_log_checked_with_another_key_is_not_whole(settings: Settings) -> None:
    write()
    settings.AUDIT_KEY = bytes(32)
    finding = verify().finding
    assert finding is not None
    assert finding.fault is Fault.INSERTED
