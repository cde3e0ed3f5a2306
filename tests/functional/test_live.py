"""A new alert is on a psychologist's screen within five seconds, on whatever page, without reloading."""

import time

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from clinic.clock import now
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import check_in
from tests.functional.browsing import PHONE, WIDE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

WITHIN = 5.0
TONIGHT = "I want to kill myself tonight"
WAITS = "1 person waits for somebody"


@pytest.fixture
def page(cast: Cast, browsing: Browsing) -> Page:
    """A page of a psychologist that lists no alerts, asking away."""
    page = browsing.signed_in("other")
    with page.expect_response(lambda answer: "/safety/live/" in answer.url):
        page.goto("/catalogue/")
    return page


def opened(cast: Cast, words: str = TONIGHT) -> SafetyAlert:
    found = check_in(cast.patient, 1, words, at=now()).notice.alert
    assert found is not None
    return found


def test_it_shows_within_five_seconds_with_title_and_count_and_goes_when_somebody_has_it(
    page: Page, cast: Cast
) -> None:
    alert = opened(cast)
    began = time.monotonic()
    banner = page.locator("[data-live-alert]").get_by_text(WAITS)
    expect(banner).to_be_visible(timeout=WITHIN * 1000)
    assert time.monotonic() - began < WITHIN
    assert page.title().startswith("(1) ")
    expect(page.locator("[data-live-count]")).to_have_text("1")
    assert "Amara" not in page.locator("[data-live]").inner_text()
    alerts.take(alert=alert, by=cast.treating, at=now())
    expect(banner).to_have_count(0)
    expect(page.locator("[data-live-count]")).to_be_hidden()
    assert not page.title().startswith("(")


def test_it_stays_on_the_next_page_is_announced_once_and_can_be_hidden(page: Page, cast: Cast) -> None:
    opened(cast)
    page.locator("[data-live-alert]").get_by_text(WAITS).wait_for()
    page.goto("/patients/")
    page.locator("[data-live-still]").get_by_text(WAITS).wait_for()
    expect(page.locator("[data-live-alert]")).to_be_empty()
    page.get_by_role("button", name="Hide").click()
    with page.expect_response(lambda answer: "/safety/live/" in answer.url):
        page.goto("/catalogue/")
    expect(page.locator("[data-live]").get_by_text(WAITS)).to_have_count(0)


AGO = """() => {
  const key = "countersign-live-hidden-at", ids = Object.keys(JSON.parse(sessionStorage[key]));
  sessionStorage[key] = JSON.stringify(Object.fromEntries(ids.map((id) => [id, Date.now() - 301000])));
}"""


@pytest.mark.parametrize(("words", "comes_back"), [(TONIGHT, 1), ("I do not want to be here any more.", 0)])
def test_what_was_hidden_comes_back_after_five_minutes_for_an_emergency_alone(
    page: Page, cast: Cast, words: str, comes_back: int
) -> None:
    opened(cast, words)
    page.locator("[data-live-alert]").get_by_text(WAITS).wait_for()
    page.get_by_role("button", name="Hide").click()
    with page.expect_response(lambda answer: "/safety/live/" in answer.url):
        pass
    expect(page.locator("[data-live]").get_by_text(WAITS)).to_have_count(0)
    page.evaluate(AGO)
    with page.expect_response(lambda answer: "/safety/live/" in answer.url):
        pass
    expect(page.locator("[data-live-still]").get_by_text(WAITS)).to_have_count(comes_back)


def test_more_words_of_the_same_person_ring_no_second_time(page: Page, cast: Cast) -> None:
    page.locator("main").click()
    opened(cast)
    page.locator("[data-live][data-sounded='1']").wait_for()
    opened(cast)
    for _ in range(2):
        with page.expect_response(lambda answer: "/safety/live/" in answer.url):
            pass
    assert page.locator("[data-live]").get_attribute("data-sounded") == "1"
    expect(page.locator("[data-live-count]")).to_have_text("1")


def test_sound_and_title_are_switched_off_on_the_safety_page(page: Page, cast: Cast) -> None:
    page.goto("/safety/")
    for label in ("Play a sound", "Put the number before the title of the window"):
        page.get_by_label(label).uncheck()
    page.goto("/catalogue/")
    opened(cast)
    page.locator("[data-live-alert]").get_by_text(WAITS).wait_for()
    assert not page.title().startswith("(")
    assert page.locator("[data-live]").get_attribute("data-sounded") is None


def test_it_sounds_once_for_a_new_alert_where_somebody_has_clicked(page: Page, cast: Cast) -> None:
    page.locator("main").click()
    opened(cast)
    page.locator("[data-live][data-sounded='1']").wait_for()
    with page.expect_response(lambda answer: "/safety/live/" in answer.url):
        pass
    assert page.locator("[data-live]").get_attribute("data-sounded") == "1"


def test_it_says_that_it_is_not_connected_and_that_the_session_has_ended(
    page: Page, cast: Cast, browsing: Browsing
) -> None:
    page.context.set_offline(True)
    page.get_by_text("Not connected: new alerts do not show here now.").wait_for()
    page.context.set_offline(False)
    expect(page.get_by_text("Not connected")).to_have_count(0, timeout=15_000)
    page.context.clear_cookies()
    page.get_by_text("You are signed out: new alerts do not show here.").wait_for()


@pytest.mark.parametrize(("size", "words"), [(WIDE, WAITS), (PHONE, "1 person waits: emergency")])
def test_it_is_one_slim_line_as_wide_as_the_page_under_it(
    page: Page, cast: Cast, size: ViewportSize, words: str
) -> None:
    opened(cast)
    page.set_viewport_size(size)
    for path in ("/patients/", "/keys/"):
        page.goto(path)
        line, below = page.locator(".live__new"), page.locator("main > *").first
        expect(line.get_by_text(words)).to_be_visible()
        drawn, under = line.bounding_box(), below.bounding_box()
        assert drawn
        assert under
        assert (drawn["x"], drawn["width"]) == (under["x"], under["width"])
        assert drawn["height"] <= 46


def test_a_screen_that_does_not_ask_shows_nothing(page: Page, cast: Cast) -> None:
    """The planted fault: without the script's questions the first test would fail."""
    page.route("**/safety/live/", lambda route: route.fulfill(status=304))
    page.reload()  # an answer to a question that was on its way already would show it
    opened(cast)
    page.wait_for_timeout(WITHIN * 1000)
    expect(page.locator("[data-live-alert]").get_by_text(WAITS)).to_have_count(0)
