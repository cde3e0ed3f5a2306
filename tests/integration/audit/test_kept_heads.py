"""A head kept elsewhere finds what the log alone cannot: an end that was cut off, or cut off and written anew."""

import pytest
from django.db.backends.utils import CursorWrapper

from audit.findings import Fault, Finding
from audit.sequence import _NEXT, _add, _places, _tail
from audit.verify import verify
from tests.database import COMMITTED
from tests.integration.audit.log import SIX, intruder
from tests.integration.audit.tampering import set_entry

pytestmark = [COMMITTED, pytest.mark.usefixtures("six_entries")]


def cut_off(cursor: CursorWrapper, first: int) -> None:
    """Take the places from `first` on out of the log."""
    cursor.execute("DELETE FROM audit_sequence WHERE index >= %s", [first])


def written_on(cursor: CursorWrapper) -> None:
    """What the running program does by itself a moment later, with its key."""
    tail = _tail(cursor)
    cursor.execute(_NEXT, {"xid": tail.xid, "entry_id": tail.entry_id, "limit": SIX})
    _add(cursor, _places(tail=tail, rows=cursor.fetchall()))


def test_a_log_that_nobody_touched_fits_every_head_that_was_kept() -> None:
    heads = {verify().entries: verify().head}
    assert heads.keys() == {SIX}
    assert verify(kept=heads).whole


def test_an_end_that_was_cut_off_is_found_with_its_head_and_by_nothing_else() -> None:
    kept = {SIX: verify().head}
    with intruder() as cursor:
        cursor.execute(
            "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_sequence WHERE index >= 5)"
        )
        cut_off(cursor, 5)
        assert verify().whole
        assert verify(kept=kept).finding == Finding(Fault.CUT_OFF, SIX, None)


def test_an_end_that_was_written_again_without_an_entry_is_found_with_its_head() -> None:
    kept = {SIX: verify().head}
    with intruder() as cursor:
        set_entry(cursor, 6, "recorded_at = recorded_at - interval '30 days'")
        cursor.execute(
            "DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_sequence WHERE index = 4)"
        )
        cut_off(cursor, 4)
        written_on(cursor)
        again = verify()
        assert again.whole
        assert again.entries == SIX - 1
        assert verify(kept=kept).finding == Finding(Fault.CUT_OFF, SIX, None)


def test_a_time_that_was_moved_before_the_end_was_written_again_is_found_with_its_head() -> None:
    kept = {SIX: verify().head}
    with intruder() as cursor:
        set_entry(cursor, 5, "recorded_at = recorded_at - interval '30 days'")
        cut_off(cursor, 4)
        written_on(cursor)
        assert verify().whole
        finding = verify(kept=kept).finding
        assert finding == Finding(Fault.REWRITTEN, SIX, None)
        assert "cut off and written anew" in finding.sentence
