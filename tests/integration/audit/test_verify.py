"""The check of a log that is as it should be."""

import pytest
from pytest_django import DjangoAssertNumQueries

from audit import verify as checking
from audit.models import AuditEntry, SequencedEntry
from audit.verify import verify
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.audit.log import place, write, write_many


@ROLLED_BACK
def test_an_empty_log_is_whole() -> None:
    result = verify()
    assert result.whole
    assert (result.entries, result.head, result.waiting, result.waiting_since) == (0, "", 0, None)


@COMMITTED
def test_a_whole_log_is_counted_and_its_head_is_the_newest_running_digest() -> None:
    write_many(5)
    place(5)
    result = verify()
    newest = SequencedEntry.objects.get(index=5)
    assert result.whole
    assert (result.entries, result.waiting) == (5, 0)
    assert result.head == bytes(newest.running).hex()


@ROLLED_BACK
def test_entries_without_a_place_are_counted_from_the_first() -> None:
    first, _ = write_many(2)
    result = verify()
    assert result.whole
    assert (result.entries, result.waiting) == (0, 2)
    assert result.waiting_since == AuditEntry.objects.get(id=first.id).recorded_at


@COMMITTED
def test_progress_is_told_after_every_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CHUNK", 2)
    write_many(5)
    place(5)
    told: list[tuple[int, int]] = []
    assert verify(progress=lambda checked, total: told.append((checked, total))).entries == 5
    assert told == [(2, 5), (4, 5), (5, 5)]


@COMMITTED
def test_the_number_of_queries_does_not_grow_with_the_log(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(2):
        write_many(3)
        place(3)
        with django_assert_num_queries(2):  # the two passes over all rows are streamed past the counter
            assert verify().whole


@ROLLED_BACK
def test_the_time_of_a_check_is_the_databases() -> None:
    entry = write()
    assert verify().checked_at > entry.recorded_at
