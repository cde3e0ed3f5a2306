"""A record on paper: black on white whatever the screen shows, nothing that is pressed, and who printed it when."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import approved, check_ins, open_drafts
from tests.functional.browsing import Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

INK = "getComputedStyle(document.querySelector('.banner__name')).color"
CARD = "getComputedStyle(document.querySelector('.card')).backgroundColor"
BREAKS = "getComputedStyle(document.querySelector('.card')).breakInside"
BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"


def printed(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print")


@pytest.mark.parametrize("part", ["", "history/", "questionnaires/", "check-ins/"])
def test_a_dark_screen_prints_black_on_white_without_what_is_pressed(
    browsing: Browsing, cast: Cast, part: str
) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    page = browsing.signed_in("treating", scheme="dark")
    page.goto(f"/patients/{cast.patient.record_number}/{part}")
    assert page.evaluate(INK) != BLACK
    page.emulate_media(media="print")
    assert (page.evaluate(INK), page.evaluate(CARD)) == (BLACK, WHITE)
    for pressed in (".record-nav", ".top-bar", "form", ".button", ".segments"):
        for each in page.locator(pressed).all():
            expect(each).to_be_hidden()
    expect(page.get_by_text(re.compile(r"Northside · printed .* by Dr Maya Okonkwo"))).to_be_visible()


def test_a_long_card_goes_on_over_the_page(browsing: Browsing, cast: Cast) -> None:
    check_ins(cast.patient)
    page = browsing.signed_in("treating")
    printed(page, f"/patients/{cast.patient.record_number}/history/")
    assert page.evaluate(BREAKS) == "auto"


def test_on_the_screen_nothing_says_that_it_was_printed(browsing: Browsing, cast: Cast) -> None:
    page = browsing.signed_in("treating")
    page.goto(f"/patients/{cast.patient.record_number}/")
    expect(page.get_by_text(re.compile("printed .* by"))).to_be_hidden()
