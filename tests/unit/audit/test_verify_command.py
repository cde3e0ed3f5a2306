"""The sentences of `verify_audit`."""

import json
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

import pytest

from audit.findings import Fault, Finding
from audit.management.commands.verify_audit import as_json, kept_head, sentences
from audit.verify import VerifyResult

AT = datetime(2026, 11, 24, 9, 31, tzinfo=UTC)


def result(**fields: Any) -> VerifyResult:
    """A whole log of 218,406 entries, but for `fields`."""
    whole = {"entries": 218_406, "head": "ab" * 32, "waiting": 0, "waiting_since": None, "finding": None}
    return VerifyResult(**{**whole, "checked_at": AT, **fields})


def test_a_whole_log_is_said_in_the_first_sentence_and_the_limits_in_the_last() -> None:
    verdict, head, limits = sentences(result())
    assert (
        verdict == "The audit log is whole: 218,406 entries, none missing, none changed, none out of order."
    )
    assert head.endswith(f"218406:{'ab' * 32}")
    assert "cannot tell whether entries were cut off at the end" in limits
    assert "ledger" in limits


def test_one_entry_is_not_called_entries() -> None:
    assert "1 entry," in sentences(result(entries=1))[0]


def test_a_broken_log_names_the_first_bad_entry_and_how_far_it_is_good() -> None:
    verdict, *_ = sentences(result(entries=4, finding=Finding(Fault.EDITED, 5, 17)))
    assert verdict == (
        "The audit log is broken. Entry 5 was changed after it was written. Good before it: 4 entries."
    )


def test_entries_without_a_number_are_counted_with_the_time_of_the_first() -> None:
    _, waiting, *_ = sentences(result(waiting=3, waiting_since=AT))
    assert waiting == "3 entries have no number yet; the first was recorded at 2026-11-24T09:31:00+00:00."


def test_programs_get_the_same_as_json() -> None:
    document = json.loads(as_json(result(finding=Finding(Fault.DELETED, 5, 17))))
    assert document["whole"] is False
    assert document["entries"] == 218_406
    assert document["finding"]["fault"] == "deleted"
    assert document["finding"]["sentence"].startswith("Entry 5 was deleted")
    assert document["truncation_checked"] is False


def test_compared_with_kept_heads_the_limits_are_narrower() -> None:
    assert sentences(result(), kept=2)[-1].startswith("Compared with 2 heads kept elsewhere.")
    assert json.loads(as_json(result(), kept=1))["truncation_checked"] is True


@pytest.mark.parametrize(
    "text", ["", "5", "5:", "0:" + "ab" * 32, "x:" + "ab" * 32, "5:" + "ab" * 31, "5:" + "zz" * 32]
)
def test_what_is_no_head_is_refused_with_its_shape(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="NUMBER:HEAD"):
        kept_head(text)


def test_a_head_is_taken_as_it_was_printed() -> None:
    assert kept_head("218406:" + "AB" * 32) == (218_406, "ab" * 32)
