"""Leave this page: at once, by a link or by pressing Shift three times, and nothing of before comes back."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.browsing import PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]


def press_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def follow_link(page: Page) -> None:
    page.get_by_role("link", name="Leave this page").last.click()


def assert_left(page: Page) -> None:
    """The neutral page is shown, the session is gone, and going back shows the sign-in page at most."""
    page.wait_for_url("**/leave/")
    expect(page.get_by_text("You can close this page").first).to_be_visible()
    shown = page.title() + page.locator("body").inner_text()
    assert not [word for word in ("Northside", "Countersign", "Amara", "mood") if word in shown]
    assert not Session.objects.exists()
    page.go_back()
    expect(page.get_by_label("Sign-in name")).to_be_visible()
    assert "Amara" not in page.content()


@pytest.mark.parametrize("leave", [press_shift, follow_link])
def test_leaving_ends_the_session_and_takes_the_page_out_of_the_history(
    cast: Cast, browsing: Browsing, leave: Callable[[Page], None]
) -> None:
    page = browsing.signed_in("amara", size=PHONE)
    page.goto("/my/mood/")
    entries = page.evaluate("history.length")
    leave(page)
    page.wait_for_url("**/leave/")
    assert page.evaluate("history.length") == entries
    assert_left(page)


def test_leaving_works_without_a_script(cast: Cast, browsing: Browsing) -> None:
    page = browsing.signed_in("amara", size=PHONE, scripts=False)
    page.goto("/my/plan/")
    follow_link(page)
    assert_left(page)


def test_two_presses_or_another_key_between_them_leave_nothing(cast: Cast, browsing: Browsing) -> None:
    page = browsing.signed_in("amara", size=PHONE)
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.url.endswith("/my/")
    assert Session.objects.count() == 1
