"""axe where a page says no, shows something opened, or has nothing to show: in the demonstration clinic."""

import pytest
from playwright.sync_api import Page, expect

from clinic.models.user import Role
from recommendations.demo.people import PATIENTS
from tests.functional import acts
from tests.functional.axe import violations, violations_everywhere
from tests.functional.browsing import PHONE, Browsing
from tests.functional.demonstration import window_of

pytestmark = pytest.mark.browser

UNUSUAL = (
    "blocked",
    "ai_withdrawn",
    "ai_stopped",
    "alert_open",
    "gap_now",
    "too_little",
    "rejected",
    "recovery",
)
STATIC_HELP = "If you are in danger now"


def let_the_server_judge(page: Page) -> None:
    """Have the browser send forms whatever is in them."""
    page.evaluate("for (const form of document.forms) form.noValidate = true")


@pytest.mark.usefixtures("clinic")
def test_signing_in_with_a_wrong_password(browsing: Browsing) -> None:
    page = browsing.window(size=PHONE)
    page.goto("/sign-in/")
    page.get_by_label("Sign-in name").fill("nobody")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("That name and password do not fit together")).to_be_visible()
    assert violations_everywhere(page) == []


def test_a_page_that_does_not_exist(browsing: Browsing) -> None:
    page = browsing.window()
    browsing.expect(404)
    page.goto("/no-such-page/")
    expect(page.get_by_text(STATIC_HELP)).to_be_visible()
    assert violations_everywhere(page) == []


def test_a_check_in_with_nothing_in_it(browsing: Browsing, clinic: dict[str, str]) -> None:
    page = window_of(browsing, Role.PATIENT)
    page.goto(clinic["portal-check-in"])
    let_the_server_judge(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Choose a number from 0 to 10, then save.")).to_be_visible()
    assert violations_everywhere(page) == []


def test_a_draft_with_everything_opened(browsing: Browsing, clinic: dict[str, str]) -> None:
    page = window_of(browsing, Role.PSYCHOLOGIST)
    page.goto(f"{clinic['draft']}?parts=1")
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    assert violations_everywhere(page) == []
    page.locator("header details > summary").click()
    assert violations(page) == []


def test_changed_words_before_the_signature_and_a_signature_with_nothing_filled_in(
    browsing: Browsing, clinic: dict[str, str]
) -> None:
    page = window_of(browsing, Role.PSYCHOLOGIST)
    page.goto(clinic["draft"])
    acts.change_words(page, acts.Changed("Shorter", "Walk once.", "Once.", ""))
    assert violations_everywhere(page) == []
    let_the_server_judge(page)
    acts.press_sign(page)
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    assert violations_everywhere(page) == []


def test_rejecting_without_a_reason(browsing: Browsing, clinic: dict[str, str]) -> None:
    page = window_of(browsing, Role.PSYCHOLOGIST)
    page.goto(clinic["draft-reject"])
    page.get_by_role("button", name="Reject it").click()
    expect(page.get_by_text("Choose at least one reason.")).to_be_visible()
    assert violations_everywhere(page) == []


@pytest.mark.usefixtures("clinic")
def test_records_in_every_unusual_state(browsing: Browsing) -> None:
    page = window_of(browsing, Role.PSYCHOLOGIST)
    shown = [each for each in PATIENTS if each.story in UNUSUAL and each.treating == "maya"]
    assert {each.story for each in shown} == set(UNUSUAL)
    found = {}
    for person in shown:
        page.goto(f"/patients/{person.record_number}/")
        expect(page.get_by_text(person.name).first).to_be_visible()
        found[person.story] = violations(page)
    assert {story: each for story, each in found.items() if each} == {}


def test_help_after_words_of_danger_and_the_alert_from_open_to_closed(
    browsing: Browsing, clinic: dict[str, str]
) -> None:
    patient = window_of(browsing, Role.PATIENT)
    for words in ("I want to kill myself tonight", "My husband hit me again"):
        patient.goto(clinic["portal-messages"])
        patient.locator("textarea[name=words]").fill(words)
        patient.get_by_role("button", name="Send").click()
        expect(patient.locator(".help-card[role=alert]")).to_have_count(1)
    found = violations_everywhere(patient)
    patient.goto(clinic["portal-messages"])
    found += violations_everywhere(patient)

    page = window_of(browsing, Role.PSYCHOLOGIST)
    page.goto(clinic["safety"])
    page.get_by_role("button", name="Open and take it").first.click()
    expect(page.get_by_role("heading", name="You have taken this alert")).to_be_visible()
    for act in page.locator("details.alert-act > summary").all():
        act.click()
        found += violations(page)
    browsing.expect(422)
    page.get_by_role("button", name="Close the alert").click()
    expect(page.locator(".field__error").first).to_be_visible()
    assert found + violations_everywhere(page) == []
