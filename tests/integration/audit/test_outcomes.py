"""Checks of the log, remembered in the log."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from audit import outcomes
from audit.models import AuditEntry
from audit.verify import verify
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.audit.log import intruder, place, write, write_many
from tests.integration.audit.tampering import set_entry

FORGED_GOOD_NEWS = """
INSERT INTO audit_entry (action, actor_role, record_number, subject_kind, subject_id, reason, facts, request_id,
                         happened_at, salt, mac)
VALUES ('audit_verified', 'software', '', '', '', '', '{"whole": true, "entries": 9}', '', now(),
        decode(repeat('ab', 16), 'hex'), decode(repeat('cd', 32), 'hex'))
"""


@ROLLED_BACK
def test_without_a_check_there_is_no_outcome() -> None:
    write()
    assert outcomes.latest() is None


@ROLLED_BACK
def test_a_check_is_kept_with_its_outcome(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    entry = outcomes.keep(result=verify(), by=None, role="software")
    with django_assert_num_queries(1):
        latest = outcomes.latest()
    assert latest == outcomes.Outcome(at=entry.recorded_at, entries=0, whole=True)
    assert outcomes.since(entry.recorded_at) == [latest]
    assert outcomes.since(entry.recorded_at + timedelta(seconds=1)) == []


@ROLLED_BACK
def test_good_news_without_the_logs_seal_counts_as_bad_news() -> None:
    outcomes.keep(result=verify(), by=None, role="software")
    with connection.cursor() as cursor:
        cursor.execute(FORGED_GOOD_NEWS)
    latest = outcomes.latest()
    assert latest is not None
    assert not latest.whole


@COMMITTED
def test_a_broken_log_is_kept_as_broken_with_the_fault_and_its_number() -> None:
    write_many(3)
    place(3)
    with intruder() as cursor:
        set_entry(cursor, 2, "reason = 'other'")
        entry = outcomes.keep(result=verify(), by=None, role="software")
        latest = outcomes.latest()
    assert latest is not None
    assert not latest.whole
    assert (entry.facts["fault"], entry.facts["number"], entry.facts["entries"]) == ("edited", 2, 1)


@COMMITTED
def test_the_command_says_that_a_whole_log_is_whole_and_remembers_it() -> None:
    write_many(3)
    place(3)
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert "The audit log is whole: 3 entries" in said.getvalue()
    assert "ledger" in said.getvalue()
    assert AuditEntry.objects.filter(action="audit_verified").count() == 1


@COMMITTED
@pytest.mark.parametrize("quiet", [False, True])
def test_the_command_fails_on_a_broken_log_and_names_the_entry(quiet: bool) -> None:
    write_many(3)
    place(3)
    said = StringIO()
    with intruder() as cursor:
        set_entry(cursor, 2, "reason = 'other'")
        with pytest.raises(SystemExit) as ended:
            call_command("verify_audit", stdout=said, quiet=quiet)
    assert ended.value.code == 1
    assert "Entry 2 was changed" in said.getvalue()


@ROLLED_BACK
def test_the_quiet_command_says_nothing_about_a_whole_log() -> None:
    said = StringIO()
    call_command("verify_audit", stdout=said, quiet=True)
    assert said.getvalue() == ""


@ROLLED_BACK
def test_the_command_speaks_json_to_programs() -> None:
    said = StringIO()
    call_command("verify_audit", stdout=said, json=True)
    assert json.loads(said.getvalue())["whole"] is True
