"""A real Chromium on the real site. Every window is watched: see `watch`."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.functional import demonstration
from tests.functional.addresses import paths
from tests.functional.browsing import Browsing
from tests.functional.site import Site, running_site
from tests.static_files import static_root

__all__ = ["static_root"]

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
"""No traffic of Chromium's own, and no way to any other machine."""

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The browser that CHROMIUM names, else the first on PATH."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, (
        "No Chromium: install one, name it in CHROMIUM, or leave these tests out with -m 'not browser'."
    )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of this process."""
    # Playwright's loop runs in this thread, so Django believes that its queries would block one.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture(scope="module")
def site(django_db_setup: None, static_root: Path) -> Iterator[Site]:
    """The web server on the test database; gone with its module, for tests that copy a database need it alone."""
    with running_site(static_root) as site:
        yield site


@pytest.fixture(scope="module")
def clinic(site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """The demonstration clinic, for all tests of a module; the path of every address in it, by name."""
    with demonstration.seeded(django_db_blocker):
        yield paths(demonstration.arguments())


@pytest.fixture
def browsing(browser: Browser, site: Site) -> Iterator[Browsing]:
    """Windows on the site; the test fails where one of them met an error, a refusal or another origin."""
    browsing = Browsing(browser, site.address)
    yield browsing
    browsing.close()
    assert browsing.problems() == []
