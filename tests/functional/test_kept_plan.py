"""The safety plan on paper and on the device: one sheet; sealed, opened without a network, gone when one leaves."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from clinic import safety_plan
from clinic.models.safety_plan import Section
from clinic.safety_plan import NewWords
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.functional.browsing import SMALL_PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

WORDS = "Sing one song, out loud"
CHOSEN = "the alto line in May"


def written(cast: Cast, words: str = WORDS) -> None:
    for section in Section:
        new = NewWords(section, f"{words} ({section})", 0, uuid4())
        safety_plan.write(patient=cast.patient, new=new, by=cast.as_patient, at=NOW)


def kept(page: Page) -> None:
    page.goto("/my/safety-plan/")
    page.get_by_label("Words to open it with").fill(CHOSEN)
    page.get_by_role("button", name="Keep it", exact=True).click()
    expect(page.locator("[data-keep-said]")).to_contain_text("Kept.")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def opened(page: Page, words: str) -> None:
    page.get_by_label("The words that you chose").fill(words)
    page.get_by_role("button", name="Open", exact=True).click()


def test_a_kept_plan_opens_without_a_network_with_its_words_alone_and_is_sealed(
    cast: Cast, browsing: Browsing
) -> None:
    written(cast)
    page = browsing.signed_in("amara", size=SMALL_PHONE)
    kept(page)
    stored = page.evaluate(
        """new Promise((done) => { const asked = indexedDB.open("countersign-kept"); asked.onsuccess = () => {
        const got = asked.result.transaction("kept").objectStore("kept").get("safety-plan");
        got.onsuccess = () => done(new TextDecoder().decode(got.result.sealed)); }; })"""
    )
    assert "Sing" not in stored
    page.context.set_offline(True)
    page.goto("/my/safety-plan/")
    opened(page, "other words")
    expect(page.locator("[data-kept-said]")).to_contain_text("These are not the words")
    opened(page, CHOSEN)
    expect(page.locator("[data-kept-plan]")).to_contain_text(f"{WORDS} (reasons)")
    page.goto("/my/")
    expect(page.locator(".help-card")).to_be_visible()
    assert "Amara" not in page.content()


def test_leaving_takes_the_kept_plan_away(cast: Cast, browsing: Browsing) -> None:
    written(cast)
    page = browsing.signed_in("amara", size=SMALL_PHONE)
    kept(page)
    page.get_by_role("link", name="Leave this page").last.click()
    page.wait_for_url("**/leave/")
    page.goto("/kept/")
    expect(page.locator("[data-kept-said]")).to_contain_text("Nothing is kept on this device.")


def test_on_paper_a_whole_plan_is_one_sheet_without_buttons(cast: Cast, browsing: Browsing) -> None:
    written(cast, "Three lines of my own words, as long as people write them. " * 3)
    page = browsing.signed_in("amara", size=SMALL_PHONE)
    page.goto("/my/safety-plan/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page/") + paper.count(b"/Type /Page ") == 1


def test_without_a_script_nothing_is_offered_that_would_not_work(cast: Cast, browsing: Browsing) -> None:
    written(cast)
    page = browsing.signed_in("amara", size=SMALL_PHONE, scripts=False)
    page.goto("/my/safety-plan/")
    expect(page.get_by_text(f"{WORDS} (coping)")).to_be_visible()
    expect(page.locator("[data-keep]")).to_be_hidden()
