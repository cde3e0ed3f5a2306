"""The evidence behind a draft: three parts, each piece dated; what is opened is recorded and opens no gate."""

import pytest
from django.test import Client

from audit.models import AuditEntry
from recommendations.models.suggestion import Opening, Suggestion
from tests.cast import NOW
from tests.database import ROLLED_BACK
from tests.integration.dashboard.review.steps import address, read
from tests.pages import get


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here uses the database; each names how."""


@ROLLED_BACK
def test_all_three_parts_of_the_evidence_are_shown_even_when_one_is_empty(
    treating: Client, draft: Suggestion
) -> None:
    Suggestion.objects.filter(pk=draft.pk)
    words = read(treating, draft).words
    assert "Speaks for a change" in words
    assert "Points the other way" in words
    assert "What the model cannot see" in words


@ROLLED_BACK
def test_a_piece_of_evidence_holds_its_dated_check_ins(treating: Client, draft: Suggestion) -> None:
    words = read(treating, draft).words
    last = NOW.date()
    assert f"{last.day} {last:%B}: 2" in words, "the last check-in, with its date"


@ROLLED_BACK
def test_opened_evidence_is_counted_once_for_each_piece(treating: Client, draft: Suggestion) -> None:
    total = len(draft.facts)
    assert f"0 of {total} opened" in read(treating, draft).words
    for _time in range(2):
        answer = treating.post(
            address(draft, "evidence/") + "?piece=level", headers={"accept": "application/json"}
        )
        assert answer.json() == {"words": f"1 of {total} opened"}
    assert Opening.objects.exclude(evidence="").count() == 1
    assert AuditEntry.objects.filter(action="evidence_opened").count() == 1
    assert f"1 of {total} opened" in read(treating, draft).words


@ROLLED_BACK
def test_without_a_script_opening_evidence_leads_back_to_the_draft(
    treating: Client, draft: Suggestion
) -> None:
    answer = treating.post(address(draft, "evidence/") + "?piece=level", headers={"accept": "text/html"})
    assert answer.status_code == 302
    assert answer["Location"] == address(draft)


@ROLLED_BACK
def test_a_piece_that_the_draft_does_not_show_answers_404(treating: Client, draft: Suggestion) -> None:
    assert treating.post(address(draft, "evidence/") + "?piece=invented").status_code == 404
    assert not Opening.objects.exists()


@ROLLED_BACK
def test_what_each_check_in_adds_comes_on_request_and_adds_up_to_the_level(
    treating: Client, draft: Suggestion
) -> None:
    assert "All together" not in read(treating, draft).words
    words = get(treating, address(draft) + "?parts=1").words
    assert draft.reading.level is not None
    assert f"All together 100.0% {draft.reading.level:.2f}" in words
    assert "no longer adds up" not in words


@ROLLED_BACK
def test_a_reading_whose_check_ins_are_gone_is_said_not_to_add_up(
    treating: Client, draft: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recommendations import explain

    monkeypatch.setattr(explain, "CLOSE", -1.0)
    assert "This no longer adds up to the stored level." in get(treating, address(draft) + "?parts=1").words
