"""The watch over every window sees what it is there for: planted faults."""

import pytest
from playwright.sync_api import Page

from tests.functional.browsing import Browsing
from tests.functional.watch import Watch
from tests.waiting import until

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(browsing: Browsing) -> tuple[Page, Watch]:
    """A window on the page of help, and its watch, which the fixture `browsing` shall not judge."""
    page = browsing.window()
    page.goto("/leave/")
    return page, browsing.watches.pop()


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        (
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">')",
            "Content Security Policy",
        ),
        (
            "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))",
            "Content",
        ),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security",
        ),
        (
            "document.body.append(Object.assign(new Image(), {src: 'http://cdn.example/a.png'}))",
            "cdn.example",
        ),
        ("setTimeout(() => { throw new Error('planted') })", "planted"),
        ("console.error('planted')", "planted"),
        ("fetch('/no-such-page/').catch(() => {})", "404 for GET"),
    ],
)
def test_a_planted_fault_is_seen(watched: tuple[Page, Watch], fault: str, seen: str) -> None:
    page, watch = watched
    assert watch.problems == []
    page.evaluate(f"() => {{ {fault} }}")
    until(lambda: page.evaluate("true") and noticed(watch, seen), seconds=5, what=f"{seen} was noticed")


def noticed(watch: Watch, words: str) -> bool:
    return any(words in problem for problem in watch.problems)
