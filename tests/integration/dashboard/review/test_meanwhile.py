"""What happens while somebody reads: a change voids the signature, and the second of two hears of the first."""

import pytest
from django.test import Client

from clinic.models.screening import ScreeningState
from clinic.safety import alerts
from recommendations import permissions
from recommendations import situation as situations
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, screened
from tests.integration.dashboard.review.steps import (
    NOT_SIGNED,
    NOTE,
    OWN,
    address,
    amended,
    approve,
    assert_kept,
    read,
    refusals,
    sign,
)

pytestmark = ROLLED_BACK


def test_a_screening_fact_that_came_meanwhile_voids_the_signature(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    screened(cast.patient, cast.treating, pregnancy=ScreeningState.PRESENT)
    after = sign(page, note=NOTE)
    assert NOT_SIGNED in after.words
    assert "A screening fact was recorded." in after.words
    assert_kept(after)
    assert "Sign and release" not in after.words, "the record has to be read again first"
    assert refusals() == ["situation_changed"]


def test_after_reading_again_the_note_is_in_the_form_and_it_can_be_signed(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    screened(cast.patient, cast.treating, pregnancy=ScreeningState.PRESENT)
    sign(page, note=NOTE)
    again = approve(read(treating, draft))
    assert_kept(again)
    assert sign(again).status == 302


def test_own_words_survive_a_change_of_the_situation(treating: Client, cast: Cast, draft: Suggestion) -> None:
    page = amended(treating, draft)
    alerts.notice(patient=cast.patient, text="I want to die", submission=draft.pk, at=NOW)
    after = sign(page, note=NOTE, reasons=["tone"])
    assert "A safety alert was opened or closed." in after.words
    again = after.send("/sign/", {"step": "again"}, to=address(draft, "edit/"))
    assert again.field("/sign/", "words").strip() == OWN["words"]
    shown = again.send("/sign/", {"step": "preview"})
    assert shown.field("/sign/", "note").strip() == NOTE
    assert shown.form("/sign/").fields["reasons"] == ["tone"]
    assert sign(shown).status == 302


def test_what_changed_before_the_words_were_shown_is_said_at_once(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = read(treating, draft)
    alerts.notice(patient=cast.patient, text="I want to die", submission=draft.pk, at=NOW)
    shown = approve(page)
    assert "A safety alert was opened or closed." in shown.words
    assert "Sign and release" not in shown.words


def test_planted_fault_without_the_check_of_the_situation_it_would_be_signed(
    treating: Client, cast: Cast, draft: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = approve(read(treating, draft))
    screened(cast.patient, cast.treating, pregnancy=ScreeningState.PRESENT)
    monkeypatch.setattr(situations, "check_unchanged", lambda now, seen: None)
    assert sign(page, note=NOTE).status == 302
    assert Publication.objects.exists()


def test_newer_check_ins_warn_and_do_not_stop_a_signature(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    check_in(cast.patient, 2)
    assert sign(page).status == 302


def test_the_second_of_two_reviewers_learns_who_was_first(
    treating: Client, covering: Client, draft: Suggestion
) -> None:
    mine, theirs = approve(read(treating, draft)), approve(read(covering, draft))
    assert sign(theirs).status == 302
    after = sign(mine, note=NOTE)
    assert "This was not signed. The decision that was made first stands." in after.words
    assert "Dr Elias Ruiz, today" in after.words
    assert "Approved" in after.words
    assert after.field("/sign/", "note").strip() == NOTE
    assert "Sign and release" not in after.words
    assert Publication.objects.count() == 1


def test_a_form_sent_twice_signs_once(treating: Client, draft: Suggestion) -> None:
    page = approve(read(treating, draft))
    assert sign(page).status == 302
    assert "Dr Maya Okonkwo, today" in sign(page).words
    assert Publication.objects.count() == 1


def test_a_second_tab_cannot_sign_what_the_first_has_rejected(treating: Client, draft: Suggestion) -> None:
    first, second = read(treating, draft), approve(read(treating, draft))
    reasons = first.send("/sign/", {"step": "begin"}, to=address(draft, "reject/"))
    assert reasons.send("/reject/", {"step": "reject", "reasons": ["wrong_time"]}).status == 302
    after = sign(second, note=NOTE)
    assert "Rejected" in after.words
    assert not Publication.objects.exists()


def test_ai_that_was_stopped_meanwhile_leaves_own_words_and_shows_none_of_the_ai(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = amended(treating, draft)
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    after = sign(page, note=NOTE, reasons=["tone"])
    assert "AI was switched off while you were reading" in after.words
    assert NOTE in after.words
    assert not Publication.objects.exists()
    written = after.send("/write/", {"step": "again"})
    assert written.field("/write/", "words").strip() == OWN["words"]
