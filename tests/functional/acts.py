"""What people do on the pages, as they would do it."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.cast import PASSWORD


@dataclass(frozen=True)
class Changed:
    """A draft's words after a psychologist changed them."""

    title: str
    words: str
    dose: str
    stop_rule: str


def check_in(page: Page, mood: int, note: str = "") -> None:
    """A patient's check-in."""
    page.goto("/my/check-in/")
    page.locator(f"input[name=mood][value='{mood}']").check(force=True)
    page.locator("textarea[name=note]").fill(note)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.", exact=True).wait_for()


def open_from_queue(page: Page, title: str) -> None:
    """Find a draft in the queue by its title and open it."""
    page.goto("/queue/")
    page.get_by_role("link", name=title).click()
    page.get_by_role("heading", name=title).wait_for()


def open_evidence(page: Page) -> list[str]:
    """Open every piece of evidence; what each says inside."""
    pieces = page.locator("details.evidence__one")
    for piece in pieces.all():
        piece.locator("summary").click()
    return [piece.inner_text() for piece in pieces.all()]


def change_words(page: Page, changed: Changed) -> None:
    """Edit first: from the draft to the page that shows what would be signed."""
    page.get_by_role("button", name="Edit first").click()
    page.get_by_label("Title").fill(changed.title)
    page.get_by_label("What to do").fill(changed.words)
    page.get_by_label("How often, how long").fill(changed.dose)
    page.get_by_label("When to stop").fill(changed.stop_rule)
    page.get_by_role("button", name="Show me what I would sign").click()
    page.get_by_role("heading", name="Sign your decision").wait_for()


def approve(page: Page) -> None:
    """From the draft to the page that shows what would be signed."""
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Sign your decision").wait_for()


def fill_signature(page: Page, *, reason: str = "", password: str = PASSWORD) -> None:
    """What goes with a signature: why it was changed, what supports it, the password and the statement."""
    if reason:
        page.get_by_label(reason).check()
    page.locator("input[name=supporting]").first.check()
    page.get_by_label("Your password").fill(password)
    page.get_by_label("This wording is my clinical decision").check()


def press_sign(page: Page) -> None:
    """Sign and release."""
    page.get_by_role("button", name="Sign and release").click()
