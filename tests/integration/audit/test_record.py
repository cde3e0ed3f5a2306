"""Entries as they reach the table."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from audit import stored
from audit.middleware import request_scope
from audit.models import AuditEntry
from audit.record import Event, content_of, record, record_many
from audit.seals import seals
from tests.database import ROLLED_BACK
from tests.integration.audit.log import AT, PATIENT, PSYCHOLOGIST, write

pytestmark = ROLLED_BACK
SUGGESTION = UUID("3f333df6-90a4-4fda-8dd3-9485d27cee36")


def event(turn: int) -> Event:
    """One of many events."""
    return Event(action="check_in_saved", at=AT, by=PATIENT, role="patient", facts={"turn": turn})


def test_an_entry_says_who_did_what_to_which_record_when_and_why() -> None:
    written = write(
        action="suggestion_rejected",
        subject_kind="suggestion",
        subject_id=SUGGESTION,
        reason="not_now",
        facts={"shown": 6, "opened": 4, "release": "suggestion-1.0"},
    )
    entry = AuditEntry.objects.get()
    assert entry.id == written.id
    assert (entry.action, entry.reason) == ("suggestion_rejected", "not_now")
    assert (entry.actor_id, entry.actor_role) == (PSYCHOLOGIST, "psychologist")
    assert (entry.patient_id, entry.record_number) == (PATIENT, "CS-20418")
    assert (entry.subject_kind, entry.subject_id) == ("suggestion", str(SUGGESTION))
    assert entry.facts == {"shown": 6, "opened": 4, "release": "suggestion-1.0"}
    assert entry.happened_at == AT


def test_recording_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        record(action="record_opened", at=AT, by=PSYCHOLOGIST, role="psychologist", facts={"shown": 6})


def test_recording_many_makes_no_query_for_each_and_keeps_their_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with transaction.atomic(), django_assert_num_queries(0):
        record_many(event(turn) for turn in range(50))  # COPY is no query that Django counts
    kept = AuditEntry.objects.order_by("id")
    assert [entry.facts["turn"] for entry in kept] == list(range(50))


def test_recording_none_is_allowed() -> None:
    with transaction.atomic():
        record_many([])
    assert not AuditEntry.objects.exists()


def test_an_entry_goes_with_its_transaction() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_the_entries_of_one_request_share_its_id() -> None:
    with request_scope() as request_id:
        write()
        write()
    assert set(AuditEntry.objects.values_list("request_id", flat=True)) == {request_id}


def test_what_lies_in_the_table_has_the_bytes_that_were_sealed() -> None:
    written = write(facts={"b": [1, True, "x"], "aa": -5, "id": SUGGESTION}, subject_id=SUGGESTION, by=None)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {stored.COLUMNS} FROM audit_entry e")
        lying = stored.stored_entry(cursor.fetchone())
    assert lying.content == content_of(written) == content_of(AuditEntry.objects.get())
    assert lying.mac == seals().entry_mac(lying.content)


def test_the_databases_clock_says_when_an_entry_was_recorded() -> None:
    """Within one transaction too: it is the clock at each entry, not at the start of the transaction."""
    with transaction.atomic():
        first, second = write(), write()
    assert first.recorded_at < second.recorded_at


def test_whoever_may_insert_cannot_choose_the_recorded_time_or_the_transaction() -> None:
    entry = AuditEntry(
        **{
            field.attname: getattr(write(), field.attname)
            for field in AuditEntry._meta.concrete_fields
            if field.attname not in {"id", "salt"}
        },
        salt=bytes(16),
    )
    entry.recorded_at -= timedelta(days=3)
    asked_for = entry.recorded_at
    entry.save()
    assert AuditEntry.objects.get(id=entry.id).recorded_at > asked_for + timedelta(days=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (action, actor_role, record_number, subject_kind, subject_id, reason, facts,"
            " request_id, happened_at, salt, mac, xid) SELECT action, actor_role, record_number, subject_kind,"
            " subject_id, reason, facts, request_id, happened_at, decode(repeat('ab', 16), 'hex'), mac, '1'"
            " FROM audit_entry LIMIT 1 RETURNING xid = pg_current_xact_id()"
        )
        assert cursor.fetchone() == (True,)


def test_the_same_salt_twice_is_refused() -> None:
    entry = write()
    twin = AuditEntry(
        **{
            field.attname: getattr(entry, field.attname)
            for field in AuditEntry._meta.concrete_fields
            if field.attname != "id"
        }
    )
    with pytest.raises(IntegrityError, match="audit_entry_salt_once"):
        twin.save()


@pytest.mark.parametrize("column", ["salt", "mac"])
def test_a_salt_or_mac_of_another_length_is_refused(column: str) -> None:
    entry = AuditEntry(action="x", actor_role="x", happened_at=AT, salt=bytes(16), mac=bytes(32))
    setattr(entry, column, b"short")
    with pytest.raises(IntegrityError, match=f"audit_entry_{column}_octets"):
        entry.save()
