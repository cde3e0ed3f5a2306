"""The portal in Russian and Uzbek in a small window: longer words find their place."""

import pytest
from playwright.sync_api import Page

from recommendations import demo
from tests.functional.axe import violations_everywhere
from tests.functional.browsing import SMALL_PHONE, Browsing, sign_in

pytestmark = pytest.mark.browser

NAMES = {"ru": "meadow-4456", "uz": "harbour-8093"}
PAGES = ("/my/", "/my/check-in/", "/my/help/", "/help/")
TIGHT = ".portal-nav__link, .scale__face, .scale__label, .chip, .button, .help-card__action, .segments__one"

CUT = """selector => [...document.querySelectorAll(selector)]
    .filter(one => one.checkVisibility() && getComputedStyle(one).display !== "inline")
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.textContent.trim())"""
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def cut(page: Page) -> list[str]:
    """The words that stand out of their place."""
    found: list[str] = page.evaluate(CUT, TIGHT)
    return found


@pytest.mark.parametrize("code", NAMES)
def test_words_fit_at_360_pixels_and_are_said_in_their_language(
    browsing: Browsing, clinic: dict[str, str], code: str
) -> None:
    page = browsing.window(size=SMALL_PHONE)
    sign_in(page, NAMES[code], password=demo.sign_ins()[0].password)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        assert (address, cut(page), page.evaluate(WIDTH)) == (address, [], 0)
        assert page.locator(f"[lang={code}]").count() > 0
    page.goto("/my/help/")
    page.locator(".help-card").get_by_text("In English").click()
    assert page.get_by_text("You do not have to be alone with this.").is_visible()
    assert violations_everywhere(page) == []


def test_words_that_do_not_fit_are_seen(browsing: Browsing, clinic: dict[str, str]) -> None:
    page = browsing.window(size=SMALL_PHONE)
    sign_in(page, NAMES["ru"], password=demo.sign_ins()[0].password)
    page.evaluate("document.querySelector('.scale__label').textContent = 'Неописуемопревосходно'")
    assert cut(page) != []
