"""With the keyboard alone: sign in, read the queue, open a draft, reject it; and every stop can be seen."""

import pytest
from playwright.sync_api import Page

from recommendations.models.review import Review
from tests.cast import PASSWORD, Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.functional.browsing import Browsing
from tests.functional.focus import name_of_focused, tab_to, to, why_unseen

pytestmark = [COMMITTED, pytest.mark.browser]


def sign_in_by_keyboard(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    tab_to(page, to("Sign-in name"))
    page.keyboard.type(name)
    tab_to(page, to("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_draft_is_found_and_rejected_with_the_keyboard_alone(
    cast: Cast, browsing: Browsing, scripts: bool
) -> None:
    open_drafts(cast.patient, cast.treating)
    page = browsing.window(scripts=scripts)
    sign_in_by_keyboard(page, "treating")
    tab_to(page, to("Two short planned walks"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What the reading rests on").wait_for()
    tab_to(page, to("Reject"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Reject this draft").wait_for()
    tab_to(page, to("The time is wrong"))
    page.keyboard.press("Space")
    tab_to(page, to("Reject it"))
    page.keyboard.press("Enter")
    page.get_by_text("Rejected. The patient never sees that draft.").wait_for()
    review = Review.objects.get()
    assert (review.verdict, review.reasons) == ("rejected", ["wrong_time"])


@pytest.mark.parametrize(("who", "path"), [("", "/sign-in/"), ("treating", "/queue/"), ("amara", "/my/")])
def test_the_first_stop_leads_past_the_navigation(
    cast: Cast, browsing: Browsing, who: str, path: str
) -> None:
    page = browsing.signed_in(who) if who else browsing.window()
    page.goto(path)
    page.keyboard.press("Tab")
    assert name_of_focused(page) == "Skip to the main part"
    assert why_unseen(page) == ""
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_focus_without_a_ring_is_noticed(browsing: Browsing) -> None:
    """The planted fault."""
    page = browsing.window()
    page.goto("/sign-in/")
    page.evaluate("for (const each of document.querySelectorAll('*')) each.style.outline = 'none'")
    page.keyboard.press("Tab")
    assert why_unseen(page) == "no ring"
