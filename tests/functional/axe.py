"""axe-core on the page that a window shows: every rule of WCAG 2.0 to 2.2 A and AA, and its best practices."""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.browsing import PHONE, WIDE, Scheme

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The only rules whose answer changes with the colour scheme."""


def violations(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong with the page as it stands, a line for each element."""
    run_only: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = _axe().run(page, options={"runOnly": run_only, "resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {' '.join(node['target'])}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


STAND = "document.querySelectorAll('.help-bar').forEach(bar => { bar.style.position = 'static' })"
"""What a bar at the window's edge lies over can be scrolled free; axe would measure the part that is cut off."""


def violations_everywhere(page: Page) -> list[str]:
    """What axe finds in a wide and a narrow window, in light and in dark colours; light again afterwards."""
    page.evaluate(STAND)
    found = []
    for name, size in (("wide", WIDE), ("narrow", PHONE)):
        page.set_viewport_size(size)
        found += [f"{name} light {each}" for each in violations(page)]
        _colours(page, "dark")
        found += [f"{name} dark {each}" for each in violations(page, rules=OF_COLOURS)]
        _colours(page, "light")
    return found


def _colours(page: Page, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)


@cache
def _axe() -> Axe:
    return Axe()
