"""What pages read from the log."""

from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from audit import reads
from audit.actions import READING_CODES
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.audit.log import PATIENT, PSYCHOLOGIST, place, write, write_many


@ROLLED_BACK
def test_who_has_looked_names_openings_of_this_record_only_newest_first() -> None:
    for action in ("record_opened", "check_in_saved", "queue_opened", "evidence_opened", "publication_read"):
        write(action=action)
    write(patient_id=uuid4())
    page = reads.who_looked(PATIENT)
    assert [line.action.code for line in page.lines] == ["evidence_opened", "record_opened"]
    assert {line.actor_id for line in page.lines} == {PSYCHOLOGIST}
    assert page.next_before is None


@ROLLED_BACK
@pytest.mark.parametrize("code", READING_CODES)
def test_every_reading_action_is_shown_to_the_patient(code: str) -> None:
    write(action=code)
    assert [line.action.code for line in reads.who_looked(PATIENT).lines] == [code]


@ROLLED_BACK
def test_pages_follow_each_other_without_a_gap_or_a_double() -> None:
    written = [entry.id for entry in write_many(7)]
    seen: list[int] = []
    page = reads.entries_page(limit=3)
    while True:
        seen += [line.id for line in page.lines]
        if page.next_before is None:
            break
        page = reads.entries_page(before=page.next_before, limit=3)
    assert seen == written[::-1]


@ROLLED_BACK
def test_a_last_page_that_is_just_full_has_no_next_one() -> None:
    write_many(3)
    assert reads.entries_page(limit=3).next_before is None


@ROLLED_BACK
def test_entries_of_one_record_or_one_action_can_be_asked_for() -> None:
    write(record_number="CS-20419", action="draft_opened")
    write(record_number="CS-20419")
    write()
    assert len(reads.entries_page(record_number="CS-20419").lines) == 2
    assert len(reads.entries_page(action="record_opened").lines) == 2
    assert len(reads.entries_page(record_number="CS-20419", action="record_opened").lines) == 1


@COMMITTED
def test_a_line_carries_its_number_once_it_has_one() -> None:
    write_many(2)
    place(2)
    write()
    assert [line.number for line in reads.entries_page().lines] == [None, 2, 1]


@ROLLED_BACK
def test_a_page_is_one_query_however_many_lines(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    write_many(60)
    with django_assert_num_queries(1):
        assert len(reads.entries_page().lines) == 50
    with django_assert_num_queries(1):
        assert len(reads.who_looked(PATIENT).lines) == 50


@ROLLED_BACK
def test_a_stored_action_that_left_the_list_does_not_break_the_page() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (action, actor_role, record_number, subject_kind, subject_id, reason, facts,"
            " request_id, happened_at, salt, mac) VALUES ('once_upon_a_time', 'software', '', '', '', '', '{}', '',"
            " now(), decode(repeat('ab', 16), 'hex'), decode(repeat('cd', 32), 'hex'))"
        )
    (line,) = reads.entries_page().lines
    assert line.action.label == "once_upon_a_time"
