"""A questionnaire on a phone: answered with thumb and keyboard, and item 9 answered before anything is sent."""

import re

import pytest
from playwright.sync_api import Page, expect

from clinic.models.assignment import AnswersDraft
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.models.safety import AlertLevel, SafetyAlert
from tests.cast import Cast
from tests.database import COMMITTED
from tests.forms import assigned
from tests.functional.axe import violations
from tests.functional.browsing import PHONE, SMALL_PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

QUESTIONS = ("Little interest", "Feeling down", "Trouble falling", "Feeling tired", "Poor appetite")
ITEM_9 = "Thoughts that you would be better off dead"
SMALLEST = 44


def begun(browsing: Browsing, cast: Cast, **more: object) -> Page:
    assigned(cast.patient, cast.treating)
    page = browsing.signed_in("amara", **({"size": PHONE} | more))  # type: ignore[arg-type]
    page.goto("/my/")
    page.get_by_role("link", name=re.compile("Begin.*Patient Health Questionnaire")).click()
    return page


def answer(page: Page, question: str, words: str) -> None:
    page.get_by_role("group", name=question).get_by_text(words, exact=True).click()


def test_item_9_shows_help_and_tells_the_clinic_before_the_form_is_sent(
    cast: Cast, browsing: Browsing
) -> None:
    page = begun(browsing, cast)
    answer(page, QUESTIONS[0], "Not at all")
    expect(page.get_by_text("Saved for later, not sent yet.")).to_be_visible()
    expect(page.get_by_text("1 of 9 answered")).to_be_visible()
    answer(page, ITEM_9, "Several days")
    expect(page.get_by_role("alert")).to_contain_text("emergency number")
    expect(page.get_by_text("The clinic was told this answer:")).to_be_in_viewport()
    assert violations(page) == []
    alert = SafetyAlert.objects.get()
    assert (alert.patient_id, alert.level) == (cast.patient.pk, AlertLevel.URGENT)
    assert not QuestionnaireResponse.objects.exists()
    answer(page, QUESTIONS[1], "Not at all")
    expect(page.get_by_text("2 of 9 answered")).to_be_hidden()
    expect(page.get_by_text("3 of 9 answered")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your answers were sent.")).to_be_visible()
    assert QuestionnaireResponse.objects.get().missing == 6
    assert SafetyAlert.objects.count() == 1


def test_answers_come_back_where_one_left_off_and_every_target_is_large(
    cast: Cast, browsing: Browsing
) -> None:
    page = begun(browsing, cast, size=SMALL_PHONE)
    for question in QUESTIONS:
        answer(page, question, "Nearly every day")
    expect(page.get_by_text("Saved for later, not sent yet.")).to_be_visible()
    expect(page.get_by_text("5 of 9 answered")).to_be_visible()
    boxes = [each.bounding_box() for each in page.locator(".asked__choice").all()]
    assert min(box["height"] for box in boxes if box) >= SMALLEST
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Save and go on later").click()
    page.get_by_role("link", name=re.compile("Go on.*Patient Health Questionnaire")).click()
    expect(page.get_by_text("5 of 9 answered")).to_be_visible()
    assert violations(page) == []
    assert AnswersDraft.objects.count() == 1


def test_with_the_keyboard_alone_an_answer_is_chosen_and_taken_back(cast: Cast, browsing: Browsing) -> None:
    page = begun(browsing, cast)
    first = page.get_by_role("group", name=QUESTIONS[0])
    first.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(first.get_by_role("radio", name="Several days")).to_be_checked()
    expect(page.get_by_text("1 of 9 answered")).to_be_visible()
    first.get_by_role("radio", name="No answer").check()
    expect(page.get_by_text("0 of 9 answered")).to_be_visible()


def test_without_scripts_the_button_saves_and_help_is_shown_in_the_answer(
    cast: Cast, browsing: Browsing
) -> None:
    page = begun(browsing, cast, scripts=False)
    answer(page, ITEM_9, "Nearly every day")
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.get_by_role("alert")).to_contain_text("emergency number")
    assert SafetyAlert.objects.count() == 1
    assert AnswersDraft.objects.count() == 1


def test_on_a_small_phone_the_whole_card_stands_between_the_bar_and_the_navigation_and_stays(
    cast: Cast, browsing: Browsing
) -> None:
    page = begun(browsing, cast, size=SMALL_PHONE)
    answer(page, ITEM_9, "Several days")
    card = page.locator("[data-autosave-help] .help-card")
    expect(card).to_be_visible()
    top, bottom = page.locator(".portal-top").bounding_box(), page.locator(".portal-nav").bounding_box()
    box = card.bounding_box()
    assert top
    assert bottom
    assert box
    assert top["y"] + top["height"] <= box["y"]
    assert box["y"] + box["height"] <= bottom["y"]
    for address in ("/my/questionnaires/phq9/", "/my/"):
        page.goto(address)
        expect(page.get_by_role("heading", name="Help stays here")).to_be_visible()
        assert violations(page) == []
