"""The session ends while somebody types: nothing is stored, and after signing in again every word is there."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from recommendations.models.review import Review
from tests.cast import PASSWORD, Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.functional import acts
from tests.functional.axe import violations
from tests.functional.browsing import PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

NOTE = "A long walk.\nThen soup, & “quiet”."
DANGER = "I do not want to be here any more."


def end_every_session() -> None:
    assert Session.objects.all().delete()[0]


def sign_in_again(page: Page, name: str) -> None:
    expect(page.get_by_text("You were signed out")).to_be_visible()
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def type_check_in(page: Page, note: str) -> None:
    page.goto("/my/check-in/")
    page.locator("input[name=mood][value='4']").check(force=True)
    page.get_by_label("Tired").check(force=True)
    page.locator("textarea[name=note]").fill(note)
    end_every_session()
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_check_in_comes_back_after_signing_in_again(cast: Cast, browsing: Browsing, scripts: bool) -> None:
    page = browsing.signed_in("amara", size=PHONE, scripts=scripts)
    browsing.expect(401)
    type_check_in(page, NOTE)
    sign_in_again(page, "amara")
    expect(page.locator("textarea[name=note]")).to_have_value(NOTE)
    expect(page.locator("input[name=mood][value='4']")).to_be_checked()
    expect(page.get_by_label("Tired")).to_be_checked()
    assert not CheckIn.objects.exists()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.", exact=True).wait_for()
    assert CheckIn.objects.count() == 1


def test_words_that_ask_for_help_are_answered_although_the_session_has_ended(
    cast: Cast, browsing: Browsing
) -> None:
    page = browsing.signed_in("amara", size=PHONE)
    browsing.expect(401)
    type_check_in(page, DANGER)
    expect(page.get_by_role("alert").first).to_contain_text("emergency number")
    assert SafetyAlert.objects.get().patient_id == cast.patient.pk
    assert violations(page) == []
    sign_in_again(page, "amara")
    expect(page.locator("textarea[name=note]")).to_have_value(DANGER)


def test_the_words_of_another_person_do_not_come_back(cast: Cast, browsing: Browsing) -> None:
    page = browsing.signed_in("amara", size=PHONE)
    browsing.expect(401)
    type_check_in(page, NOTE)
    sign_in_again(page, "henrik")
    page.goto("/my/check-in/")
    expect(page.locator("textarea[name=note]")).to_have_value("")


def test_a_psychologists_changes_come_back_and_can_be_signed(cast: Cast, browsing: Browsing) -> None:
    open_drafts(cast.patient, cast.treating)
    page = browsing.signed_in("treating")
    browsing.expect(401)
    acts.open_from_queue(page, "Two short planned walks")
    page.get_by_role("button", name="Edit first").click()
    page.get_by_label("What to do").fill(NOTE)
    end_every_session()
    page.get_by_role("button", name="Show me what I would sign").click()
    sign_in_again(page, "treating")
    expect(page.get_by_text("What you typed is here")).to_be_visible()
    assert not Review.objects.exists()
    assert NOTE.splitlines()[0] in page.content()
