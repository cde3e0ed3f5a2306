"""Everything that can stand in the way of a signature: nothing is signed, it is said why, and nothing typed is lost."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from audit.models import AuditEntry
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW
from tests.database import ROLLED_BACK
from tests.integration.dashboard.review.steps import (
    NOT_SIGNED,
    NOTE,
    amended,
    approve,
    assert_kept,
    filled,
    read,
    refusals,
    sign,
)

pytestmark = ROLLED_BACK


def test_a_wrong_password_signs_nothing_and_keeps_everything_typed(
    treating: Client, draft: Suggestion
) -> None:
    page = sign(approve(read(treating, draft)), password="not the password", note=NOTE)
    assert page.status == 200
    assert NOT_SIGNED in page.words
    assert "That is not your password." in page.words
    assert_kept(page)
    assert refusals() == ["not_confirmed"]
    assert sign(page).status == 302


def test_a_tenth_wrong_password_signs_out_and_still_keeps_everything_typed(
    treating: Client, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    for _attempt in range(10):
        page = sign(page, password="not the password", note=NOTE)
    assert "There were too many wrong passwords, so you were signed out." in page.words
    assert_kept(page)
    page = sign(page)
    assert page.status == 401, "the right password alone does not bring the session back"
    assert not Publication.objects.exists()


def test_a_wrong_password_is_kept_nowhere_and_neither_are_the_words_beside_it(
    treating: Client, draft: Suggestion
) -> None:
    sign(amended(treating, draft), password="not the password", note=NOTE, reasons=["tone"])
    assert not AccessAttempt.objects.exists()
    entry = AuditEntry.objects.get(action="reauthentication_failed")
    assert entry.facts == {}


def test_each_signature_asks_for_the_password(treating: Client, draft: Suggestion) -> None:
    page = sign(approve(read(treating, draft)), password="", note=NOTE)
    assert "Your password is asked for each signature." in page.words
    assert_kept(page)


def test_an_approval_without_named_support_is_refused_beside_the_field(
    treating: Client, draft: Suggestion
) -> None:
    page = sign(approve(read(treating, draft)), supporting=[])
    assert "Name at least one piece of evidence that supports your decision." in page.words
    assert not Publication.objects.exists()


def test_what_the_model_cannot_see_supports_nothing(treating: Client, draft: Suggestion) -> None:
    page = sign(approve(read(treating, draft)), supporting=["notes_not_read"])
    assert page.status == 200
    assert not Publication.objects.exists()


def test_without_the_statement_nothing_is_signed(treating: Client, draft: Suggestion) -> None:
    page = sign(approve(read(treating, draft)), statement="", note=NOTE)
    assert "Tick this to sign: it is what your signature says." in page.words
    assert_kept(page)


@pytest.mark.parametrize("token", ["", "0", "a.b.c", "0.0.0.0.0"])
def test_a_stale_or_forged_token_signs_nothing(treating: Client, draft: Suggestion, token: str) -> None:
    page = sign(approve(read(treating, draft)), seen=token)
    assert page.status == 200
    assert not Publication.objects.exists()


def test_words_that_were_not_shown_are_not_signed(treating: Client, draft: Suggestion) -> None:
    page = sign(approve(read(treating, draft)), expected_plan="0" * 64)
    assert "The words are not the ones that you were shown." in page.words
    assert not Publication.objects.exists()


def test_words_slipped_into_the_form_are_not_signed(treating: Client, draft: Suggestion) -> None:
    page = approve(read(treating, draft))
    slipped = {
        "title": "Another title",
        "words": "Other words.",
        "dose": "",
        "stop_rule": "",
        "reasons": ["tone"],
    }
    after = page.send("/sign/", filled() | slipped)
    assert "The words are not the ones that you were shown." in after.words
    assert not Publication.objects.exists()


def test_another_last_day_is_another_text_and_is_shown_first(treating: Client, draft: Suggestion) -> None:
    page = approve(read(treating, draft))
    day = str(NOW.date().replace(year=NOW.year + 1))
    after = sign(page, valid_until=day, note=NOTE)
    assert "You changed the last day, so this is another text." in after.words
    assert_kept(after)
    assert sign(after).status == 302
    assert Publication.objects.get().valid_until is not None


def test_words_over_the_limit_are_refused_beside_the_field(treating: Client, draft: Suggestion) -> None:
    long = "word " * 500
    page = amended(treating, draft, words=long)
    assert "At most 2000 characters; these are 2499." in page.words
    assert page.field("/sign/", "words").strip() == long.strip(), "the typed words stay"
