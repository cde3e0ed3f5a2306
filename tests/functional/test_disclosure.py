"""Words that ask for help: the card comes in the same answer, whole, read first, and needs no script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.axe import violations_everywhere
from tests.functional.browsing import SMALL_PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

DANGER = "I do not want to be here any more."


def whole_in_view(page: Page, card: Locator) -> bool:
    """Whether the card lies in the window from its first to its last line, and under nothing."""
    box, size = card.bounding_box(), page.viewport_size
    assert box
    assert size
    inside = box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
    return inside and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_help_card_is_whole_in_a_small_window_and_has_the_focus(
    cast: Cast, browsing: Browsing, scripts: bool
) -> None:
    page = browsing.signed_in("amara", size=SMALL_PHONE, scripts=scripts)
    page.goto("/my/check-in/")
    page.locator("input[name=mood][value='1']").check(force=True)
    page.locator("textarea[name=note]").fill(DANGER)
    page.get_by_role("button", name="Save").click()
    card = page.locator(".help-card")
    expect(card).to_have_attribute("role", "alert")
    expect(card.get_by_role("heading")).to_be_focused()
    assert whole_in_view(page, card), card.bounding_box()
    assert CheckIn.objects.count() == SafetyAlert.objects.count() == 1
    if scripts:  # axe is a script itself
        assert violations_everywhere(page) == []
