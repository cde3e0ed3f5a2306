"""Everything that can stand in the way of a signature: nothing is signed, it is said why, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import access
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareKind
from clinic.models.screening import ScreeningState
from clinic.models.user import Role, StaffProfile, User
from clinic.safety import alerts
from recommendations import permissions
from recommendations import situation as situations
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, screened
from tests.integration.dashboard.review.steps import (
    OWN,
    address,
    amended,
    approve,
    filled,
    read,
    sign,
)
from tests.pages import Page, get, post
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

NOTE = "Low energy this week; see her on the 26th."
NOT_SIGNED = "This was not signed. Amara Nwosu sees nothing new."


def assert_kept(page: Page) -> None:
    """Nothing was signed; note and support are still in the form, and the password is not."""
    assert not Publication.objects.exists()
    assert page.field("/sign/", "note").strip() == NOTE
    assert page.form("/sign/").fields["supporting"] == ["below_usual"]
    if "Sign and release" in page.words:
        assert not page.has_value("password")


def refusals() -> list[str]:
    return list(AuditEntry.objects.filter(action="signing_refused").values_list("reason", flat=True))


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


def test_a_tenth_wrong_password_locks_and_still_keeps_everything_typed(
    treating: Client, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    for _attempt in range(11):
        page = sign(page, password="not the password", note=NOTE)
    assert "There were too many wrong passwords." in page.words
    assert_kept(page)
    page = sign(page)
    assert page.status == 200, "the right password does not open a lock"
    assert_kept(page)


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


def test_the_second_of_two_reviewers_learns_who_was_first(
    treating: Client, covering: Client, draft: Suggestion
) -> None:
    mine, theirs = approve(read(treating, draft)), approve(read(covering, draft))
    assert sign(theirs).status == 302
    after = sign(mine, note=NOTE)
    assert NOT_SIGNED in after.words
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


@pytest.mark.parametrize("valid_until", [None, NOW.date().replace(year=NOW.year - 1)])
def test_a_missing_or_expired_licence_is_said_before_anything_is_typed(
    treating: Client, cast: Cast, draft: Suggestion, valid_until: Any
) -> None:
    page = approve(read(treating, draft))
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=valid_until)
    shown = approve(read(treating, draft))
    assert "Your licence is not recorded as valid today" in shown.words
    assert "Sign and release" not in shown.words
    after = sign(page, note=NOTE)
    assert "Your licence is not recorded as valid today" in after.words
    assert_kept(after)


def test_somebody_without_a_professional_name_cannot_sign(cast: Cast, draft: Suggestion) -> None:
    user = User.objects.create_user("nameless", PASSWORD)
    access.grant_role(user=user, role=Role.PSYCHOLOGIST, by=SOFTWARE, at=NOW)
    access.start_care(patient=cast.patient, user=user, kind=CareKind.TREATING, by=SOFTWARE, at=NOW)
    nameless = signed_in(Client(), Actor(user, Role.PSYCHOLOGIST))
    shown = approve(read(nameless, draft))
    assert "You have no professional name here yet." in shown.words
    after = post(nameless, address(draft, "sign/"), shown.form("/sign/").fields | filled(note=NOTE))
    assert "You have no professional name here yet." in after.words
    assert_kept(after)


def test_a_contraindicated_step_cannot_be_signed(treating: Client, cast: Cast, draft: Suggestion) -> None:
    assert draft.code == "behavioural_activation"
    screened(cast.patient, cast.treating, mania=ScreeningState.PRESENT)
    page = read(treating, draft)
    assert "Not passed" in page.words
    shown = approve(page)
    assert "A contraindication stands against this step, so it cannot be signed." in shown.words
    assert "Sign and release" not in shown.words
    after = post(treating, address(draft, "sign/"), shown.form("/sign/").fields | filled())
    assert after.status == 200
    assert not Publication.objects.exists()


@pytest.mark.parametrize("step", ["", "edit/", "sign/", "reject/", "evidence/?piece=below_usual"])
def test_a_record_that_is_not_in_ones_care_answers_404(
    outsider: Client, draft: Suggestion, step: str
) -> None:
    if step != "evidence/?piece=below_usual":
        assert get(outsider, address(draft, step)).status == 404
    if step:
        assert post(outsider, address(draft, step), filled()).status == 404
    assert not Publication.objects.exists()


def test_a_draft_under_another_record_number_answers_404(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    wrong = address(draft).replace(cast.patient.record_number, cast.other_patient.record_number)
    assert get(treating, wrong).status == 404
