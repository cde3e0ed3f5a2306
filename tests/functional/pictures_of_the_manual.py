"""The manual's pictures: one or two for each page of docs/how-to. Run by script/screenshots, never with the tests."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from audit.sequence import sequence
from clinic import pulse
from clinic.clock import now
from clinic.models.user import Role
from tests.functional.browsing import PHONE, Browsing
from tests.functional.demonstration import window_of
from tests.functional.pictures import take

WIDTH = 1200
"""Pixels: as wide as a page of the clinic needs and as small as a page of the manual can carry."""

LOWEST = 300
"""Pixels of a window before it is fitted to its page: lower than any page."""

PSYCHOLOGIST, PATIENT, ADMINISTRATOR = Role.PSYCHOLOGIST, Role.PATIENT, Role.ADMINISTRATOR

PAGES = (
    ("defer", PSYCHOLOGIST, "draft-defer", 900),
    ("record", PSYCHOLOGIST, "patient", 1500),
    ("profile", PSYCHOLOGIST, "profile", 900),
    ("course", PSYCHOLOGIST, "questionnaires", 960),
    ("catalogue", PSYCHOLOGIST, "catalogue", 900),
    ("messages", PSYCHOLOGIST, "messages", 1000),
    ("export", PSYCHOLOGIST, "export", 1000),
    ("people", ADMINISTRATOR, "manage-people", 760),
    ("teams", ADMINISTRATOR, "manage-teams", 760),
    ("unattended", ADMINISTRATOR, "manage-unattended", 620),
    ("alert", PSYCHOLOGIST, "safety-alert", 1150),
    ("rota", ADMINISTRATOR, "manage-rota", 1000),
    ("on-call", PSYCHOLOGIST, "safety-on-call", 640),
    ("programs", PSYCHOLOGIST, "tokens", 1200),
    ("check-in", PATIENT, "portal-check-in", 1300),
    ("form", PATIENT, "portal-questionnaire", 1160),
    ("switches", PATIENT, "portal-about", 844),
    ("help", PATIENT, "portal-help", 900),
)
"""Name, whose page, its address, and how many pixels of it at most: none below its end."""

TABLE = """record_number,signal,value,happened_at,unit,source
{ref},sleep,6.5,2026-03-04T07:10:00+00:00,hours,device
{ref},sleep,7,2026-03-05T07:20:00+00:00,hours,device
{ref},steps,4120,2026-03-05T22:00:00+00:00,steps,device
"""


@pytest.fixture
def opened(browsing: Browsing) -> Callable[[str], Page]:
    """A window of whoever has this role, of the width of their pictures."""

    def of(role: str) -> Page:
        page = window_of(browsing, role)
        width = PHONE["width"] if role == PATIENT else WIDTH
        page.set_viewport_size({"width": width, "height": LOWEST})
        return page

    return of


def take_from_the_top(page: Page, name: str, most: int) -> None:
    """Take the page down to its end, or so many pixels of it."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    end = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(end, most)})
    page.evaluate("scrollTo(0, 0)")
    take(page, name)


@pytest.mark.parametrize(("name", "role", "address", "most"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page(
    opened: Callable[[str], Page], clinic: dict[str, str], name: str, role: str, address: str, most: int
) -> None:
    page = opened(role)
    page.goto(clinic[address])
    take_from_the_top(page, name, most)


def test_a_changed_text(opened: Callable[[str], Page], clinic: dict[str, str]) -> None:
    page = opened(PSYCHOLOGIST)
    page.goto(clinic["catalogue-edit"])
    dose = page.get_by_label("How often, how long")
    dose.fill(dose.input_value() + " A night without it is no failure.")
    page.get_by_role("button", name="Keep as a new version").click()
    page.get_by_role("heading", name="Changed since version").wait_for()
    take_from_the_top(page, "changed-text", 1200)


def test_what_handing_over_will_do(opened: Callable[[str], Page], clinic: dict[str, str]) -> None:
    page = opened(PSYCHOLOGIST)
    page.goto(clinic["care-transfer"])
    page.locator("select[name=receiver]").select_option(index=1)
    for group in ("appointments", "alerts"):
        for choice in page.locator(f"input[name={group}]").all()[:1]:
            choice.check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Hand over now").wait_for()
    take_from_the_top(page, "transfer", 760)


def test_an_imported_table(opened: Callable[[str], Page], clinic: dict[str, str]) -> None:
    page = opened(PSYCHOLOGIST)
    page.goto(clinic["record-import"])
    content = TABLE.format(ref=clinic["record-import"].split("/")[2]).encode()
    page.get_by_label("File").set_input_files({"name": "band.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Import").click()
    page.get_by_text("The whole file is here.").wait_for()
    take_from_the_top(page, "import", 860)


def test_health(opened: Callable[[str], Page], clinic: dict[str, str]) -> None:
    """No worker runs beside these tests: what it would leave behind is written for the picture."""
    sequence()
    for program in (pulse.WORKER, pulse.PUBLISHER, pulse.SCORING, pulse.WATCH):
        pulse.beat(program, at=now())
    page = opened(ADMINISTRATOR)
    page.goto(clinic["manage-health"])
    take_from_the_top(page, "health", 900)


def test_help_after_words_of_danger(opened: Callable[[str], Page], clinic: dict[str, str]) -> None:
    page = opened(PATIENT)
    page.set_viewport_size(PHONE)
    page.goto(clinic["portal-check-in"])
    page.locator("input[name=mood][value='2']").check(force=True)
    page.locator("textarea[name=note]").fill("I do not want to be here any more.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="What was passed on").wait_for()
    take_from_the_top(page, "danger", 1100)
