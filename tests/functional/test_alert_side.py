"""What the owner of an alert does stands beside the words, and all of it is reached on the screen of a laptop."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from clinic.clock import now
from clinic.models.safety import AlertLevel, SafetyAlert
from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.browsing import PHONE, Browsing
from tests.integration.dashboard.safety.raised import raised, taken

pytestmark = [COMMITTED, pytest.mark.browser]

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
STORE = "Close the alert"

AS_IT_WAS = "card => { card.style.maxBlockSize = 'none'; card.style.overflow = 'visible' }"
"""The planted fault."""

STANDS = """button => {
  const box = button.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return button.contains(seen) && scrollY + innerHeight < document.documentElement.scrollHeight - 100;
}"""
"""Whether the button can be pressed where the page is now, long before its end."""


def one_of_six(cast: Cast) -> SafetyAlert:
    at = now()
    for number in range(5):
        raised(cast.patient, AlertLevel.EMERGENCY, words=f"Words of the evening, {number}.\n" * 9, at=at)
    alert = raised(cast.patient, AlertLevel.EMERGENCY, at=at)
    return taken(alert, cast.treating, at=at)


def closing(page: Page, alert: SafetyAlert) -> None:
    page.goto(f"/safety/{alert.pk}/")
    page.locator("summary", has_text=STORE).click()
    expect(page.get_by_role("button", name=STORE)).to_be_visible()


def turn(page: Page, far: int = 3000) -> None:
    """Over the card the wheel turns it to its end, and then the page until the card stands at the bar."""
    page.locator(".alert-side > .card").hover(position={"x": 200, "y": 200})
    page.mouse.wheel(0, far)
    page.wait_for_function("() => document.querySelector('.alert-side > .card').scrollTop > 0 || scrollY > 0")
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")


def test_the_end_of_the_form_is_in_reach_long_before_the_end_of_the_page(
    cast: Cast, browsing: Browsing
) -> None:
    page = browsing.signed_in("treating", size=LAPTOP)
    closing(page, one_of_six(cast))
    turn(page)
    button = page.get_by_role("button", name=STORE)
    page.wait_for_function(STANDS, arg=button.element_handle())
    assert page.evaluate("scrollY") < LAPTOP["height"]


def test_where_the_card_does_not_scroll_by_itself_it_is_out_of_reach(cast: Cast, browsing: Browsing) -> None:
    page = browsing.signed_in("treating", size=LAPTOP)
    closing(page, one_of_six(cast))
    page.locator(".alert-side > .card").evaluate(AS_IT_WAS)
    turn(page, far=800)
    assert not page.get_by_role("button", name=STORE).evaluate(STANDS)


def test_on_a_telephone_the_card_is_part_of_the_page(cast: Cast, browsing: Browsing) -> None:
    page = browsing.signed_in("treating", size=PHONE)
    closing(page, one_of_six(cast))
    card = page.locator(".alert-side > .card")
    assert card.evaluate("card => card.scrollHeight - card.clientHeight <= 2")
