"""The README's pictures: the demonstration clinic as it is. Run by script/screenshots, never with the tests."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from audit.sequence import sequence
from clinic.models.user import Role
from tests.functional import acts
from tests.functional.browsing import PHONE, WIDE, Browsing
from tests.functional.demonstration import window_of
from tests.functional.palette import smaller

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
LARGEST = 200_000
"""Bytes of a picture: the README's page shall open quickly."""

CHANGED_WORDS = (
    "Pick two days this week for a 15-minute walk, at a time that suits you. The way to choir counts. "
    "If a day goes badly, leave it and choose another."
)


@pytest.fixture
def psychologist(browsing: Browsing, clinic: dict[str, str]) -> Page:
    """The psychologist's window."""
    return window_of(browsing, Role.PSYCHOLOGIST)


def take(page: Page, name: str) -> None:
    """Take the picture of what the window shows, once its charts are drawn and its fonts are there."""
    for chart in page.locator("figure[data-chart]").all():
        chart.and_(page.locator("[data-drawn]")).wait_for()
    page.evaluate("document.fonts.ready")
    browser = page.context.browser
    assert browser
    picture = smaller(browser, page.screenshot())
    assert len(picture) < LARGEST
    (IMAGES / f"{name}.png").write_bytes(picture)


def test_the_queue(psychologist: Page, clinic: dict[str, str]) -> None:
    psychologist.goto(clinic["queue"])
    take(psychologist, "queue")


def test_a_draft(psychologist: Page, clinic: dict[str, str]) -> None:
    psychologist.goto(clinic["draft"])
    take(psychologist, "draft")


def test_signing_changed_words(psychologist: Page, clinic: dict[str, str]) -> None:
    psychologist.goto(clinic["draft-edit"])
    psychologist.get_by_label("What to do").fill(CHANGED_WORDS)
    psychologist.get_by_role("button", name="Show me what I would sign").click()
    acts.fill_signature(psychologist, reason="Fits this life")
    psychologist.evaluate("scrollTo(0, 0)")
    psychologist.set_viewport_size({"width": WIDE["width"], "height": 1240})  # down to the changes
    take(psychologist, "sign")


def test_the_portal(browsing: Browsing, clinic: dict[str, str]) -> None:
    page = window_of(browsing, Role.PATIENT)
    page.set_viewport_size({"width": PHONE["width"], "height": 1160})  # down to the signature
    page.goto(clinic["portal-plan"])
    take(page, "portal")


def test_the_audit_log(browsing: Browsing, clinic: dict[str, str]) -> None:
    sequence()
    page = window_of(browsing, Role.ADMINISTRATOR)
    page.goto(clinic["manage-audit"])
    page.get_by_role("button", name="Verify the log now").click()
    page.get_by_text("the log is whole").first.wait_for()
    page.goto(clinic["manage-audit"])
    take(page, "audit")
