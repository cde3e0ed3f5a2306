"""Places in the log: no gap, no entry left out, whatever order transactions end in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

import psycopg
import pytest
from django.db import connection, transaction

from audit import sequence as sequencing
from audit.models import AuditEntry, SequencedEntry
from audit.sequence import sequence
from audit.tasks import sequence_entries
from audit.verify import verify
from tests.database import COMMITTED, guards_off
from tests.integration.audit.log import (
    DEADLINE,
    place,
    placed_turns,
    until,
    wait_until_ready,
    write,
    write_many,
)

pytestmark = COMMITTED


def numbers() -> list[int]:
    """All numbers of the log, in order."""
    return list(SequencedEntry.objects.order_by("index").values_list("index", flat=True))


@contextmanager
def slow_writer(turn: int) -> Iterator[None]:
    """Another connection that has written an entry and commits only when the block ends."""
    written, finish = Signal(), Signal()

    def write_slowly() -> None:
        with transaction.atomic():
            write(facts={"turn": turn})
            written.set()
            assert finish.wait(DEADLINE)
        connection.close()

    thread = Thread(target=write_slowly)
    thread.start()
    assert written.wait(DEADLINE)
    try:
        yield
    finally:
        finish.set()
        thread.join(DEADLINE)


def test_entries_are_numbered_from_1_in_the_order_they_were_written() -> None:
    write_many(4)
    place(4)
    assert numbers() == [1, 2, 3, 4]
    assert placed_turns() == [1, 2, 3, 4]


def test_sequencing_again_changes_nothing() -> None:
    write_many(3)
    place(3)
    before = list(SequencedEntry.objects.values_list())
    assert sequence() == 0
    assert list(SequencedEntry.objects.values_list()) == before


def test_a_transaction_that_was_rolled_back_leaves_no_gap() -> None:
    write(facts={"turn": 1})
    with transaction.atomic():
        write(facts={"turn": 2})
        transaction.set_rollback(True)
    write(facts={"turn": 3})
    place(2)
    assert numbers() == [1, 2]
    assert placed_turns() == [1, 3]


def test_an_entry_waits_for_a_transaction_that_began_before_it_and_none_is_left_out() -> None:
    write(facts={"turn": 1})
    place(1)
    with slow_writer(turn=2):
        write(facts={"turn": 3})
        assert sequence() == 0
        assert placed_turns() == [1]
    place(2)
    assert placed_turns() == [1, 2, 3]
    assert numbers() == [1, 2, 3]
    assert verify().whole


def test_twin_a_sequencer_that_does_not_wait_leaves_the_late_entry_out_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hasty = sequencing._NEXT.replace("AND e.xid < pg_snapshot_xmin(pg_current_snapshot())", "")
    assert hasty != sequencing._NEXT
    monkeypatch.setattr(sequencing, "_NEXT", hasty)
    with slow_writer(turn=1):
        write(facts={"turn": 2})
        assert sequence() == 1
    wait_until_ready()
    assert sequence() == 0
    assert placed_turns() == [2]


def test_a_long_reader_holds_nothing_back() -> None:
    with transaction.atomic():
        AuditEntry.objects.count()
        with ThreadPoolExecutor(max_workers=1) as other:
            other.submit(_write_and_place, 2).result(DEADLINE)
    assert numbers() == [1, 2]


def _write_and_place(count: int) -> None:
    write_many(count)
    place(count)
    connection.close()


def test_a_limit_stops_the_sequencer_and_the_next_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencing, "CHUNK", 2)
    write_many(7)
    wait_until_ready()
    assert [sequence(limit=3), sequence(limit=3), sequence(limit=3)] == [3, 3, 1]
    assert placed_turns() == [1, 2, 3, 4, 5, 6, 7]


def test_several_sequencers_at_once_number_each_entry_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencing, "CHUNK", 3)
    write_many(20)
    wait_until_ready()

    def run() -> int:
        try:
            return sequence()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as workers:
        counts = [future.result(DEADLINE) for future in [workers.submit(run) for _ in range(4)]]
    assert sum(counts) == 20
    assert numbers() == list(range(1, 21))
    assert placed_turns() == list(range(1, 21))
    assert verify().whole


def test_writers_never_wait_for_the_sequencer() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sequencing.SEQUENCER_LOCK])
        with ThreadPoolExecutor(max_workers=1) as other:
            other.submit(_write_impatiently).result(DEADLINE)
    assert AuditEntry.objects.count() == 1


def _write_impatiently() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        write()
    connection.close()


def test_the_sequencer_refuses_to_run_inside_another_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        sequence()


def test_the_task_places_what_is_waiting() -> None:
    write_many(3)
    wait_until_ready()
    sequence_entries.run()
    assert numbers() == [1, 2, 3]


def test_a_database_restored_into_a_server_with_a_younger_counter_goes_on(owner: psycopg.Cursor) -> None:
    write_many(3)
    place(3)
    write(facts={"turn": 4})
    with guards_off(owner, "audit_entry"):
        owner.execute("UPDATE audit_entry SET xid = (xid::text::bigint + 4000000000)::text::xid8")
    write(facts={"turn": 5})
    write(facts={"turn": 6})
    until(lambda: _placed_in_all() == 6)
    write(facts={"turn": 7})
    until(lambda: _placed_in_all() == 7)
    assert numbers() == list(range(1, 8))
    assert placed_turns() == list(range(1, 8))
    assert verify().whole


def _placed_in_all() -> int:
    sequence()
    return SequencedEntry.objects.count()
