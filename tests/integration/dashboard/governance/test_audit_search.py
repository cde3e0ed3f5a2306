"""Looking for entries by record, person, action and day; the same as a file; and by an index, not by reading all."""

import csv
import datetime as dt
from collections.abc import Iterable
from io import StringIO
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client

from audit.models import AuditEntry
from clinic import people
from clinic.clock import now
from clinic.models.user import StaffProfile
from dashboard.governance.context import download
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import full_record, html_of, newest
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

AUDIT, FILE = "/manage/audit/", "/manage/audit/download/"


def table(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]


def file_of(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(FILE + query)
    assert response.status_code == 200
    parts = cast(Iterable[bytes], response.streaming_content)  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(b"".join(parts).decode())))


@pytest.fixture
def opened(cast: Cast) -> Client:
    """The treating psychologist has opened the record of the cast, and the other their own list."""
    signed_in(Client(), cast.treating).get(f"/patients/{cast.patient.record_number}/")
    signed_in(Client(), cast.other_psychologist).get("/patients/")
    return Client()


@pytest.mark.parametrize("name", ["treating", "Dr Maya Okonkwo", "dr maya okonkwo"])
def test_entries_are_found_by_who_acted(desk: Client, cast: Cast, opened: Client, name: str) -> None:
    rows = table(html_of(desk, f"{AUDIT}?person={name}"))
    assert "Opened a record" in rows
    assert "Opened the caseload" not in rows


def test_a_name_that_nobody_has_finds_nothing(desk: Client, cast: Cast, opened: Client) -> None:
    assert "No entry fits." in html_of(desk, f"{AUDIT}?person=nobody-at-all")


def test_entries_are_found_by_the_days_of_the_clinic(desk: Client, cast: Cast, opened: Client) -> None:
    today = now().date()
    around = f"?from={today - dt.timedelta(days=1)}&until={today + dt.timedelta(days=1)}"
    assert "Opened a record" in table(html_of(desk, AUDIT + around))
    past = f"?from=2001-01-01&until={today - dt.timedelta(days=2)}"
    assert "No entry fits." in html_of(desk, AUDIT + past)
    for nonsense in ("?from=yesterday&until=99", "?from=0001-01-01&until=9999-12-31"):
        assert "Opened a record" in table(html_of(desk, AUDIT + nonsense))


def test_the_file_holds_what_the_page_shows_and_stands_in_the_log(
    desk: Client, cast: Cast, opened: Client
) -> None:
    found = file_of(desk, f"?record={cast.patient.record_number}&action=record_opened")
    assert [(row["action"], row["who"], row["about"]) for row in found] == [
        ("record_opened", "Dr Maya Okonkwo", cast.patient.record_number)
    ]
    assert newest().action == "audit_downloaded"
    assert newest().facts == {"record": cast.patient.record_number, "narrowed": True}


def test_the_file_is_read_in_pieces_and_holds_every_entry_once(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "PIECE", 3)
    found = [int(row["entry"]) for row in file_of(desk)]
    assert found == list(AuditEntry.objects.order_by("-id").values_list("pk", flat=True))


def test_the_file_names_no_patient_and_no_clinical_word(desk: Client, cast: Cast) -> None:
    secrets = [word for word in full_record(cast) if not word.isdecimal()]
    text = str(file_of(desk))
    assert cast.patient.record_number in text
    assert [word for word in secrets if word in text] == []


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(
    desk: Client, cast: Cast, opened: Client
) -> None:
    StaffProfile.objects.filter(user=cast.treating.user).update(printed_name="=cmd|'/c calc'!A1")
    found = file_of(desk, "?person=treating")
    assert {row["who"][:2] for row in found} == {"'="}


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("actor_id = '00000000-0000-0000-0000-000000000001'", "audit_entry_actor"),
        ("record_number = 'CS-20418'", "audit_entry_record"),
        ("action = 'record_opened'", "audit_entry_action"),
        ("recorded_at >= '2001-01-01' AND recorded_at < '2001-01-02'", "audit_entry_recorded"),
    ],
)
def test_each_question_has_an_index(cast: Cast, condition: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        if (
            index == "audit_entry_recorded"
        ):  # a table this small fits any index: here only a bitmap may answer
            cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM audit_entry WHERE {condition} ORDER BY id DESC LIMIT 51")
        plan: list[Any] = cursor.fetchall()
    assert index in str(plan)


def test_a_patients_own_name_is_never_what_one_looks_for(desk: Client, cast: Cast) -> None:
    """Sign-in names are opaque, and names are sealed: nobody finds an entry by a person's name."""
    assert people.identity(cast.patient, cast.ring, at=now()).name == "Amara Nwosu"
    assert "No entry fits." in html_of(desk, f"{AUDIT}?person=Amara Nwosu")
