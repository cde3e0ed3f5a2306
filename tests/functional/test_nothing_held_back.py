"""Words of danger in a form that does not fit: the browser sends them, the page shows help and asks for the rest."""

import pytest
from playwright.sync_api import Page, expect

from clinic.models.observation import CheckIn
from clinic.models.safety import AlertLevel, SafetyAlert
from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.browsing import PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

WORDS = "I will hang myself tonight"


def write_without_a_number(page: Page) -> None:
    page.goto("/my/")
    page.get_by_text("Add feelings or a note").click()
    page.locator("#note").fill(WORDS)
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_note_without_a_number_is_read_and_the_number_asked_for_beside_the_field(
    cast: Cast, browsing: Browsing, scripts: bool
) -> None:
    page = browsing.signed_in("amara", size=PHONE, scripts=scripts)
    write_without_a_number(page)
    expect(page.locator(".help-card").first).to_be_visible()
    expect(page.locator("#mood-error")).to_have_text("Choose a number from 0 to 10, then save.")
    expect(page.locator("#note")).to_have_value(WORDS)
    assert [alert.level for alert in SafetyAlert.objects.all()] == [AlertLevel.EMERGENCY]
    assert not CheckIn.objects.exists()


def test_a_form_that_the_browser_checks_sends_none_of_it(cast: Cast, browsing: Browsing) -> None:
    page = browsing.signed_in("amara", size=PHONE)
    page.goto("/my/")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method))
    page.locator("form.check-in").evaluate("form => form.removeAttribute('novalidate')")
    page.get_by_text("Add feelings or a note").click()
    page.locator("#note").fill(WORDS)
    page.get_by_role("button", name="Save").click()
    assert page.evaluate("document.querySelector('form.check-in :invalid') !== null")
    assert "POST" not in sent
    assert not SafetyAlert.objects.exists()


def test_what_somebody_wants_to_be_known_is_read_before_they_choose_what_it_is_about(
    cast: Cast, browsing: Browsing
) -> None:
    page = browsing.signed_in("amara", size=PHONE)
    page.goto("/my/about/profile/")
    page.get_by_label("In your own words").fill(WORDS)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".help-card").first).to_be_visible()
    expect(page.get_by_text("Choose what it is about, then save.")).to_be_visible()
    expect(page.get_by_label("In your own words")).to_have_value(WORDS)
    assert SafetyAlert.objects.count() == 1
