"""The audit page: is the log whole, and what stands in it."""

import re
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditEntry
from audit.sequence import sequence
from clinic import people
from dashboard.governance.context import entries as listing
from tests.cast import NOW, Cast
from tests.consenting import taken_back_and_given
from tests.database import COMMITTED, guards_off
from tests.integration.audit.log import wait_until_ready
from tests.integration.dashboard.governance.desk import html_of, newest, text_of
from tests.integration.dashboard.safety.raised import raised

pytestmark = COMMITTED

AUDIT = "/manage/audit/"
VERIFY = "/manage/audit/verify/"


def bend(owner: Any, number: int) -> None:
    """Change an entry as an intruder with the owner's password could."""
    with guards_off(owner, "audit_entry"):
        owner.execute(
            "UPDATE audit_entry SET reason = 'bent' WHERE id ="
            " (SELECT entry_id FROM audit_sequence WHERE index = %s)",
            [number],
        )


def placed() -> int:
    """Give every entry its place; returns how many there are."""
    wait_until_ready()
    return sequence()


def rows(page: str) -> list[list[str]]:
    """The cells of the table of entries as text."""
    body = page.split('id="entries-record"')[1].split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in body.split("</tr>")[:-1]]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_before_the_first_check_the_page_does_not_claim_that_the_log_is_whole(
    desk: Client, cast: Cast
) -> None:
    page = html_of(desk, AUDIT)
    assert "The log has not been checked yet" in page
    assert "The audit log is whole" not in page


def test_verify_now_checks_records_and_says_it(desk: Client, cast: Cast) -> None:
    count = placed()
    page = text_of(desk.post(VERIFY, follow=True))
    assert f"Checked {count} entries: the log is whole." in page
    assert "The audit log is whole" in page
    assert f"{count} entries, none missing, none changed, none out of order." in page
    kept = AuditEntry.objects.get(action="audit_verified")
    assert (kept.facts["whole"], kept.facts["entries"]) == (True, count)


def test_a_bent_entry_is_named_across_the_whole_page(desk: Client, cast: Cast, owner: Any) -> None:
    placed()
    bend(owner, 7)
    page = text_of(desk.post(VERIFY, follow=True))
    assert "The audit log is broken" in page
    assert "Entry 7 was changed after it was written." in page
    assert "notice--full" in page
    assert "The audit log is whole" not in page


def test_a_whole_log_shows_no_red_notice(desk: Client, cast: Cast) -> None:
    placed()
    assert "notice--full" not in text_of(desk.post(VERIFY, follow=True))


def test_an_outcome_that_somebody_else_wrote_says_nothing_good(desk: Client, cast: Cast, owner: Any) -> None:
    placed()
    desk.post(VERIFY)
    with guards_off(owner, "audit_entry"):
        owner.execute(
            "UPDATE audit_entry SET facts = facts || '{\"entries\": 9}' WHERE action = 'audit_verified'"
        )
    page = html_of(desk, AUDIT)
    assert "does not carry the log’s own seal" in page


def test_newest_number_its_digest_and_those_that_wait_are_shown(desk: Client, cast: Cast) -> None:
    count = placed()
    page = html_of(desk, AUDIT)
    assert f"<dd>{count} <span" in page
    assert re.search(r'class="fingerprint">[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}<', page)
    assert "<dd>1</dd>" in page  # the opening of this very page


def test_entries_name_colleagues_patients_by_number_and_the_software(desk: Client, cast: Cast) -> None:
    raised(cast.patient)
    taken_back_and_given(cast.patient)
    people.deactivate(user=cast.stranger, by=cast.administrator, at=NOW)
    shown = rows(html_of(desk, AUDIT))
    who = {row[2].split(" ·")[0]: (row[3], row[4]) for row in shown}
    assert who["Opened the audit log"][0] == "Ines Carvalho"
    assert who["Gave consent"] == (cast.patient.record_number, cast.patient.record_number)
    assert who["Made a key"][0] == "Software"
    assert who["Ended a person's access"] == ("Ines Carvalho", "A person")


def test_entries_are_filtered_by_record_number_and_by_action(desk: Client, cast: Cast) -> None:
    number = cast.patient.record_number
    shown = rows(html_of(desk, f"{AUDIT}?record={number.lower()}"))
    assert shown
    assert {row[4] for row in shown} == {number}
    shown = rows(html_of(desk, f"{AUDIT}?action=key_made"))
    assert {row[2] for row in shown} == {"Made a key"}
    assert newest().action == "audit_page_opened"


def test_codes_that_tell_of_treatment_are_not_shown(desk: Client, cast: Cast) -> None:
    shown = rows(html_of(desk, AUDIT))
    details = {row[2].split(" · ")[1] for row in shown if " · " in row[2]}
    assert details <= {"Psychologist", "Administrator", "Patient", "Treating"}
    assert details


def test_entries_are_read_page_by_page_and_none_is_lost(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 7)
    taken_back_and_given(cast.patient)
    total, seen = AuditEntry.objects.filter(action="consent_given").count(), 0
    path: str | None = f"{AUDIT}?action=consent_given"
    while path:
        page = html_of(desk, path)
        seen += len(rows(page))
        more = re.search(r'href="([^"]*)" rel="next"', page)
        path = more[1].replace("&amp;", "&") if more else None
    assert seen == total > 0


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999"])
def test_a_place_that_is_none_is_no_page(desk: Client, cast: Cast, before: str) -> None:
    assert desk.get(f"{AUDIT}?before={before}").status_code == 404


def test_the_page_costs_a_fixed_number_of_statements(
    desk: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    html_of(desk, AUDIT)
    with django_assert_max_num_queries(22):
        html_of(desk, AUDIT)
