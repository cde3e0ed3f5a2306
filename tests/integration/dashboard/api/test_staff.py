"""What a psychologist's program reads and decides: the rights, the numbers and the refusals of the pages."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from audit.models import AuditEntry
from clinic import ai, series
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Signal
from dashboard.api import shown
from recommendations import permissions, waiting
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words
from tests.cast import NOW, PASSWORD, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import check_ins, open_drafts
from tests.integration.dashboard.api.conftest import Program


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    return open_drafts(cast.patient, cast.treating)


@ROLLED_BACK
def test_the_queue_comes_page_by_page_in_the_order_of_waiting(
    cast: Cast, treating: Client, drafts: list[Suggestion]
) -> None:
    found, cursor = [], ""
    while True:
        answer = treating.get("/api/v1/queue/", {"limit": "1", "cursor": str(cursor)}).json()
        found += answer["results"]
        cursor = answer["next"]
        if not cursor:
            break
    ordered = sorted(drafts, key=lambda each: (each.waiting_since, each.pk))
    assert [each["id"] for each in found] == [str(each.pk) for each in ordered]
    assert [each["title"] for each in found] == [draft_words(each, cast.ring).title for each in ordered]


@ROLLED_BACK
@pytest.mark.parametrize("cursor", ["x", "e30", "WyJhIl0", "WyIyMDI2LTAxLTAxIiwieCJd", "%00", "é" * 500])
def test_a_cursor_that_no_list_gave_out_is_refused_and_not_ignored(
    cast: Cast, treating: Client, cursor: str
) -> None:
    answer = treating.get("/api/v1/queue/", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


@ROLLED_BACK
def test_numbers_are_those_of_the_chart_and_its_table(cast: Cast, treating: Client) -> None:
    check_ins(cast.patient, [3, 5, 8, 2, 6])
    path = f"/api/v1/patients/{cast.patient.record_number}/observations/"
    answer = treating.get(path, {"until": NOW.date().isoformat()}).json()
    days = series.read(
        cast.patient,
        signals=[Signal.MOOD],
        sources=list(Source),
        since=NOW.date() - dt.timedelta(days=56),
        until=NOW.date(),
    )[Signal.MOOD]
    assert [(each["day"], each["value"]) for each in answer["days"]] == [
        (each.day.isoformat(), each.value) for each in days
    ]
    assert (answer["zone"], answer["better"]) == ("Europe/London", "higher")


@ROLLED_BACK
def test_what_the_patient_does_not_share_is_not_sent(cast: Cast, treating: Client) -> None:
    check_ins(cast.patient, [3, 5, 8])
    permissions.withdraw_consent(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    number = cast.patient.record_number
    assert treating.get(f"/api/v1/patients/{number}/observations/").json()["days"] == []
    assert treating.get(f"/api/v1/patients/{number}/readings/").json() == []
    assert treating.get(f"/api/v1/patients/{number}/drafts/").json()["results"] == []


@ROLLED_BACK
@pytest.mark.parametrize(
    "field", ["since=2026-13-01", "until=x", "signal=iq", "since=2000-01-01", "until=0001-01-01"]
)
def test_a_span_or_signal_that_does_not_fit_is_said_by_field(
    cast: Cast, treating: Client, field: str
) -> None:
    answer = treating.get(f"/api/v1/patients/{cast.patient.record_number}/observations/?{field}")
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert answer.json()["fields"]


@ROLLED_BACK
def test_a_foreign_record_and_one_that_does_not_exist_answer_alike(cast: Cast, treating: Client) -> None:
    answers = [
        treating.get(f"/api/v1/patients/{number}/{part}")
        for number in (cast.other_patient.record_number, "CS-00000", "\0")
        for part in ("", "observations/", "drafts/", "publications/")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


@ROLLED_BACK
def test_where_ai_was_stopped_the_queue_names_no_draft(
    cast: Cast, treating: Client, drafts: list[Suggestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert treating.get("/api/v1/queue/").json()["results"]
    ai.stop(patient=cast.patient, by=cast.treating, at=NOW)  # before its open drafts are withdrawn
    assert treating.get("/api/v1/queue/").json()["results"] == []
    monkeypatch.setattr(shown, "ai_allowed", lambda patients: {each.pk for each in patients})
    assert treating.get("/api/v1/queue/").json()["results"]


@ROLLED_BACK
def test_a_deferred_draft_is_open_again_once_its_day_has_come(
    cast: Cast, treating: Client, drafts: list[Suggestion]
) -> None:
    day = waiting.return_days(at=NOW, zone="Europe/London")[-1]
    waiting.defer(suggestion=drafts[0], reason="see_first", until=day, by=cast.treating, at=NOW)
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/"
    with time_machine.travel(NOW, tick=False):
        before = {each["id"]: each["state"] for each in treating.get(path).json()["results"]}
    with time_machine.travel(NOW + dt.timedelta(days=10), tick=False):
        after = {each["id"]: each["state"] for each in treating.get(path).json()["results"]}
    assert (before[str(drafts[0].pk)], after[str(drafts[0].pk)]) == ("deferred", "open")


@ROLLED_BACK
def test_rejecting_is_the_page_s_own_operation(
    cast: Cast, treating: Client, drafts: list[Suggestion]
) -> None:
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/{drafts[0].pk}/"
    none = treating.post(f"{path}reject/", {"reasons": ["nonsense"]}, content_type="application/json")
    assert (none.status_code, none.json()["code"]) == (409, "refused")
    done = treating.post(f"{path}reject/", {"reasons": ["wrong_time"]}, content_type="application/json")
    assert (done.status_code, done.json()["verdict"]) == (200, "rejected")
    again = treating.post(f"{path}reject/", {"reasons": ["wrong_time"]}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")


@COMMITTED
def test_a_draft_is_signed_with_what_was_seen_and_the_password_and_the_patient_reads_those_words(
    cast: Cast, program: Program
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    treating, patient = program(cast.treating), program(cast.as_patient)
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/{draft.pk}/"
    until = (NOW.date() + dt.timedelta(days=60)).isoformat()
    read = treating.get(path, {"valid_until": until}).json()
    named = next(each["key"] for each in read["evidence"] if each["side"] == "for")
    body = {"seen": read["seen"], "supporting": [named], "valid_until": until, "password": PASSWORD}
    body["digest"] = read["digest"]
    stale = treating.post(f"{path}approve/", body | {"seen": "0"}, content_type="application/json")
    assert (stale.status_code, stale.json()["code"]) == (409, "situation_changed")
    assert patient.get("/api/v1/my/plan/").json() == []
    done = treating.post(f"{path}approve/", body, content_type="application/json")
    assert done.status_code == 200, done.json()
    (step,) = patient.get("/api/v1/my/plan/").json()
    assert (step["title"], step["words"], step["dose"]) == (read["title"], read["words"], read["dose"])
    assert AuditEntry.objects.filter(action="suggestion_approved").count() == 1


@ROLLED_BACK
def test_the_administrator_reads_the_log_by_record_number_without_a_name(
    cast: Cast, program: Program, treating: Client
) -> None:
    treating.get(f"/api/v1/patients/{cast.patient.record_number}/")
    answer = program(cast.administrator).get("/api/v1/audit/", {"record_number": cast.patient.record_number})
    actions = [each["action"] for each in answer.json()["results"]]
    assert "record_opened" in actions
    assert "Amara" not in answer.content.decode()
