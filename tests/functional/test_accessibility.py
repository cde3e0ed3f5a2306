"""axe on every page, for each role, light and dark, wide and narrow; and nothing to scroll sideways on a phone."""

import pytest
from playwright.sync_api import Page

from clinic.models.user import Role
from tests.functional.addresses import ONLY_ACTS, PAGES, names
from tests.functional.axe import violations, violations_everywhere
from tests.functional.browsing import PHONE, SMALL_PHONE, Browsing
from tests.functional.demonstration import window_of

pytestmark = pytest.mark.browser


def test_the_walks_know_every_address() -> None:
    """A new page is walked over, or it is said that it has none."""
    assert set(names()) == ONLY_ACTS.union(*PAGES.values())


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_on_any_page(browsing: Browsing, clinic: dict[str, str], role: str) -> None:
    page = window_of(browsing, role)
    found = []
    for name in sorted(PAGES[role]):
        page.goto(clinic[name])
        assert page.url.split("?")[0].endswith(clinic[name])
        found += [f"{name}: {each}" for each in violations_everywhere(page)]
    assert found == []


def sideways(page: Page) -> int:
    """How many pixels of the page stand out of the window, to the side."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE], ids=["360", "390"])
def test_nothing_stands_out_sideways_on_a_phone(
    browsing: Browsing, clinic: dict[str, str], size: dict[str, int]
) -> None:
    found = {}
    for role in ("", Role.PATIENT):
        page = window_of(browsing, role)
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for name in sorted(PAGES[role]):
            page.goto(clinic[name])
            found[name] = sideways(page)
    assert {name: width for name, width in found.items() if width > 0} == {}


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<img src='/static/countersign/img/mark.svg'>", "image-alt"),
        ("<p class='planted'>pale</p>", "color-contrast"),
        ("<input name='planted'>", "label"),
    ],
)
def test_axe_finds_a_planted_fault(browsing: Browsing, fault: str, rule: str) -> None:
    page = browsing.window()
    page.goto("/leave/")
    page.evaluate("fault => document.querySelector('main').insertAdjacentHTML('beforeend', fault)", fault)
    page.evaluate("document.querySelector('.planted')?.style.setProperty('color', '#ddd')")
    assert [each for each in violations(page) if each.startswith(f"{rule}:")]


def test_a_page_that_stands_out_sideways_is_seen(browsing: Browsing) -> None:
    page = browsing.window(size=PHONE)
    page.goto("/leave/")
    assert sideways(page) <= 0
    page.evaluate("document.querySelector('main').style.minWidth = '600px'")
    assert sideways(page) > 0
