"""Rejecting: a reason in one step, no password, never seen by the patient."""

import pytest
from django.test import Client

from recommendations import permissions, publications
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review.reasons import REJECTION_GROUPS, REJECTIONS
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved
from tests.integration.dashboard.review.steps import address
from tests.pages import Page, get

pytestmark = ROLLED_BACK


def reject(page: Page, **fields: object) -> Page:
    return page.send("/reject/", {"step": "reject"} | fields)


@pytest.mark.parametrize("sent", [{}, {"step": "reject"}, {"step": "reject", "reasons": ["wrong_time"]}])
def test_with_ai_stopped_meanwhile_no_word_of_the_draft_is_shown(
    treating: Client, cast: Cast, draft: Suggestion, sent: dict[str, object]
) -> None:
    title, page = draft_words(draft, cast.ring).title, get(treating, address(draft, "reject/"))
    assert title in page.words
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    after = page.send("/reject/", sent | {"note": "Two days only."})
    assert title not in after.words
    assert "Two days only." in after.words
    assert not Review.objects.exists()


def test_all_fourteen_reasons_are_offered_in_their_groups(treating: Client, draft: Suggestion) -> None:
    page = get(treating, address(draft, "reject/"))
    assert len(REJECTIONS) == 14
    for group, reasons in REJECTION_GROUPS:
        assert str(group) in page.words
        assert all(f'value="{code}"' in page.html for code in reasons)


def test_a_draft_is_rejected_with_a_reason_and_no_password(treating: Client, draft: Suggestion) -> None:
    after = reject(
        get(treating, address(draft, "reject/")), reasons=["evidence_too_weak"], note="Two days only."
    )
    assert after.status == 302
    assert "Rejected. The patient never sees that draft." in after.follow().words
    review = Review.objects.get()
    assert (review.verdict, review.reasons) == (Verdict.REJECTED, ["evidence_too_weak"])


def test_without_a_reason_nothing_is_rejected_and_the_note_stays(treating: Client, draft: Suggestion) -> None:
    page = reject(get(treating, address(draft, "reject/")), note="Not like this.")
    assert "Choose at least one reason." in page.words
    assert page.field("/reject/", "note").strip() == "Not like this."
    assert not Review.objects.exists()


def test_another_reason_needs_words(treating: Client, draft: Suggestion) -> None:
    page = reject(get(treating, address(draft, "reject/")), reasons=["other"])
    assert "Say in a few words what the other reason is." in page.words
    assert reject(page, note="She moves house.").status == 302


@pytest.mark.parametrize("codes", [["invented"], ["wrong_time", "invented"]])
def test_an_unknown_reason_is_refused(treating: Client, draft: Suggestion, codes: list[str]) -> None:
    assert reject(get(treating, address(draft, "reject/")), reasons=codes).status == 200
    assert not Review.objects.exists()


def test_a_draft_that_was_signed_meanwhile_is_not_rejected(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = get(treating, address(draft, "reject/"))
    approved(draft, cast.treating)
    after = reject(page, reasons=["wrong_time"], note="Too late.")
    assert "This was not rejected by you." in after.words
    assert "Dr Maya Okonkwo, yesterday 09:00: Approved" in after.words
    assert after.field("/reject/", "note").strip() == "Too late."
    assert Review.objects.get().verdict == Verdict.APPROVED
    assert publications.for_staff(cast.patient, cast.ring, at=draft.happened_at)
