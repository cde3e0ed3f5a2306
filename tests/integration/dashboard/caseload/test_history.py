"""One record as a timeline and all its check-ins: complete, page by page, and only for those who may look."""

import datetime as dt

import pytest
from django.test import Client

from clinic import access, consent
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from clinic.models.consent import Purpose, Source
from recommendations import review, waiting
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.consenting import taken_back_and_given
from tests.database import ROLLED_BACK
from tests.factories import approved, check_in, open_drafts
from tests.integration.dashboard.queries import counted
from tests.pages import get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    return open_drafts(cast.patient, cast.treating)


def history(cast: Cast, query: str = "") -> str:
    return f"/patients/{cast.patient.record_number}/history/{query}"


def test_drafts_decisions_publications_consent_and_care_stand_in_one_timeline_with_who_did_it(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    approved(drafts[0], cast.treating)
    review.reject(suggestion=drafts[1], reasons=["wrong_time"], note="", by=cast.treating, at=NOW)
    consent.withdraw(
        patient=cast.patient,
        source=Source.QUESTIONNAIRE,
        purpose=Purpose.AI_READINGS,
        by=cast.as_patient,
        at=NOW,
    )
    page = get(treating, history(cast))
    for words in (
        "A suggestion was drafted",
        "Approved a suggestion",
        "Rejected a suggestion · The time is wrong",
        "Released a publication",
        "Questionnaires: Use for AI readings",
        "Care started · Treating · Dr Maya Okonkwo",
        "Amara Nwosu",
        "the software",
    ):
        assert words in page.words, words


def test_the_timeline_is_narrowed_by_kind(treating: Client, cast: Cast, drafts: list[Suggestion]) -> None:
    words = get(treating, history(cast, "?kind=care")).words
    assert "Care started" in words
    assert "A suggestion was drafted" not in words
    assert "A suggestion was drafted" in get(treating, history(cast, "?kind=nonsense")).words


def test_newest_first_by_the_time_that_was_said_and_no_line_twice_over_pages(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.caseload.history.PAGE", 2)
    taken_back_and_given(cast.patient)
    seen: list[str] = []
    path = history(cast, "?kind=consent")
    for _page in range(20):
        response = treating.get(path)
        seen += [line.what + line.detail for day in response.context["lines"] for line in day.lines]
        if not response.context["next_url"]:
            break
        path = response.context["next_url"]
    assert len(seen) == len(set(seen)) == 2 * len(Source.values) * len(Purpose.values)


@pytest.mark.parametrize("cursor", ["x", "5", "5_x", "_", "9" * 40 + "_1"])
def test_a_cursor_that_is_none_is_not_found(treating: Client, cast: Cast, cursor: str) -> None:
    assert treating.get(history(cast, f"?after={cursor}")).status_code == 404


def test_a_second_reader_learns_nothing_here_of_what_was_decided(
    cast: Cast, drafts: list[Suggestion]
) -> None:
    approved(drafts[0], cast.treating)
    reader = cast.other_psychologist
    assert reader.user is not None
    access.start_care(
        patient=cast.patient, user=reader.user, kind=CareKind.SECOND_READER, by=SOFTWARE, at=NOW
    )
    words = get(signed_in(Client(), reader), history(cast)).words
    assert "Care started" in words
    assert "Approved a suggestion" not in words
    assert (
        "Approved a suggestion"
        not in get(signed_in(Client(), reader), history(cast, "?kind=decisions")).words
    )


def test_putting_aside_and_coming_back_stand_there_with_their_reason(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    day = waiting.return_days(at=NOW, zone="Europe/London")[-1]
    waiting.defer(suggestion=drafts[0], reason="needs_time", until=day, by=cast.treating, at=NOW)
    waiting.bring_back(suggestion=drafts[0], by=cast.treating, at=NOW)
    words = get(treating, history(cast, "?kind=drafts")).words
    assert "Deferred a suggestion · It needs more time than I have now" in words
    assert "Brought a suggestion back" in words


def test_every_note_can_be_read_page_by_page_also_those_of_long_ago(treating: Client, cast: Cast) -> None:
    for day in range(60):
        check_in(cast.patient, 5, f"Note of day {day}.", at=NOW - dt.timedelta(days=day))
    first = treating.get(f"/patients/{cast.patient.record_number}/check-ins/")
    assert "Note of day 0." in first.content.decode()
    assert "Note of day 59." not in first.content.decode()
    second = treating.get(first.context["next_url"])
    assert "Note of day 59." in second.content.decode()
    assert second.context["next_url"] == ""


def test_what_is_not_shared_is_not_shown(treating: Client, cast: Cast) -> None:
    check_in(cast.patient, 5, "For myself.", at=NOW)
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    page = get(treating, f"/patients/{cast.patient.record_number}/check-ins/")
    assert "For myself." not in page.words
    assert "Check-ins are not shared" in page.words


@pytest.mark.parametrize("page", ["history/", "check-ins/"])
def test_a_page_makes_as_few_queries_with_many_lines_as_with_few(
    treating: Client, cast: Cast, drafts: list[Suggestion], page: str
) -> None:
    path = f"/patients/{cast.patient.record_number}/{page}"
    few = counted(treating, path, cast.treating)
    for day in range(30):
        check_in(cast.patient, 5, "A note.", at=NOW - dt.timedelta(hours=day))
        treating.get(f"/patients/{cast.patient.record_number}/")
    many = counted(treating, path, cast.treating)
    assert many.own == few.own <= 10
