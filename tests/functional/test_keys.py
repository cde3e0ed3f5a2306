"""Single keys lead through the queue and a draft, decide nothing, and can be switched off. And a draft put aside."""

import pytest
from playwright.sync_api import Page, expect

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from recommendations.models.pause import Answer, Pause
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.functional.browsing import Browsing

pytestmark = [COMMITTED, pytest.mark.browser]


@pytest.fixture
def queue(cast: Cast, browsing: Browsing) -> Page:
    """The queue with two drafts of one patient."""
    open_drafts(cast.patient, cast.treating)
    page = browsing.signed_in("treating")
    page.goto("/queue/")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def to_first_draft(page: Page) -> None:
    press(page, "j", "Enter")
    page.get_by_role("heading", name="What the reading rests on").wait_for()
    page.wait_for_load_state()  # A heading is there before the scripts that hear the keys.


def test_j_and_k_move_and_enter_opens(queue: Page) -> None:
    press(queue, "j")
    first = focused(queue)
    press(queue, "j")
    assert focused(queue) != first
    press(queue, "k")
    assert focused(queue) == first
    press(queue, "Enter")
    queue.get_by_role("heading", name=first).wait_for()


def test_a_goes_to_the_first_unopened_evidence_and_says_so_and_goes_on_the_second_time(queue: Page) -> None:
    to_first_draft(queue)
    press(queue, "a")
    expect(queue.get_by_text("You have not opened this piece of evidence yet.")).to_be_visible()
    assert queue.evaluate("document.activeElement.closest('details[data-opened-url]') !== null")
    press(queue, "a")
    queue.get_by_role("button", name="Sign and release").wait_for()
    assert not Review.objects.exists()


def test_what_was_opened_is_remembered_on_the_next_visit(queue: Page) -> None:
    to_first_draft(queue)
    with queue.expect_response(lambda answer: "/evidence/" in answer.url):
        queue.locator("details[data-opened-url] > summary").first.click()
    expect(queue.locator("[data-opened-count]")).to_contain_text("1 of")
    queue.reload()
    expect(queue.locator("[data-opened-count]")).to_contain_text("1 of")
    expect(queue.locator("[data-opened-mark]").first).to_be_visible()
    press(queue, "a")
    second = queue.locator("details[data-opened-url]").nth(1)
    assert second.evaluate("piece => piece.contains(document.activeElement)")


def test_no_key_decides_and_none_acts_while_somebody_writes(queue: Page) -> None:
    to_first_draft(queue)
    queue.locator("#find-patient").fill("")
    queue.locator("#find-patient").press_sequentially("areg")
    assert queue.locator("#find-patient").input_value() == "areg"
    queue.evaluate("document.activeElement.blur()")
    press(queue, "r")
    queue.get_by_role("heading", name="Reject this draft").wait_for()
    press(queue, "r", "e", "a", "d", "m", "c")
    assert not Review.objects.exists()
    assert not Pause.objects.exists()


def test_slash_finds_g_goes_and_the_question_mark_shows_every_key(queue: Page) -> None:
    press(queue, "/")
    assert queue.evaluate("document.activeElement.id") == "find-patient"
    queue.evaluate("document.activeElement.blur()")
    press(queue, "?")
    expect(queue.get_by_role("dialog", name="Keys")).to_be_visible()
    press(queue, "Escape", "g", "p")
    queue.get_by_role("heading", name="Patients").wait_for()


def test_switched_off_no_key_acts_and_everything_still_works(queue: Page) -> None:
    queue.goto("/keys/")
    queue.get_by_role("button", name="Switch single keys off").first.click()
    queue.get_by_text("Single keys are switched off on this device.").first.wait_for()
    queue.goto("/queue/")
    press(queue, "j", "Enter", "g", "p")
    assert queue.url.endswith("/queue/")
    queue.goto("/keys/")
    queue.get_by_role("button", name="Switch single keys on").first.click()
    queue.get_by_text("Single keys are switched on.").wait_for()
    press(queue, "g", "q")
    queue.get_by_role("heading", name="Review queue").wait_for()


def test_on_the_next_record_the_buttons_rest_so_that_a_second_press_decides_nothing(queue: Page) -> None:
    to_first_draft(queue)
    press(queue, "j")
    expect(queue.get_by_text("2 of 2")).to_be_visible()
    expect(queue.get_by_role("button", name="Reject")).to_have_attribute("aria-disabled", "true")
    press(queue, "r")
    expect(queue.get_by_role("heading", name="What the reading rests on")).to_be_visible()
    expect(queue.get_by_role("button", name="Reject")).not_to_have_attribute(
        "aria-disabled", "true", timeout=7_000
    )
    press(queue, "r")
    queue.get_by_role("heading", name="Reject this draft").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_draft_is_deferred_stands_in_its_list_and_is_brought_back(
    cast: Cast, browsing: Browsing, scripts: bool
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    page = browsing.signed_in("treating", scripts=scripts)
    page.goto(f"/patients/{cast.patient.record_number}/drafts/{draft.pk}/")
    page.get_by_role("link", name="Defer").click()
    page.get_by_label("It needs more time than I have now").check()
    page.locator("input[name=until]").first.check()
    page.get_by_role("button", name="Defer it").click()
    page.get_by_text("Deferred. It comes back on").wait_for()
    page.goto("/queue/deferred/")
    page.get_by_role("button", name="Bring back").click()
    page.get_by_text("It is back in the queue, in its old place.").wait_for()
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_colleague_is_asked_answers_and_the_answer_stands_beside_the_draft(
    cast: Cast, browsing: Browsing
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    colleague = cast.other_psychologist.user
    assert colleague is not None
    access.start_care(
        patient=cast.patient, user=colleague, kind=CareKind.SECOND_READER, by=SOFTWARE, at=draft.happened_at
    )
    page = browsing.signed_in("treating")
    page.goto(f"/patients/{cast.patient.record_number}/drafts/{draft.pk}/")
    press(page, "c")
    assert page.get_by_label("Dr Elias Ruiz").is_checked()
    page.get_by_label("Your question").fill("Did walks help her in spring?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("Asked. The draft waits for the answer").wait_for()
    theirs = browsing.signed_in("other")
    theirs.goto("/queue/")
    theirs.get_by_role("link", name="Questions to you 1").click()
    theirs.get_by_role("link", name="Answer: Amara Nwosu").click()
    theirs.get_by_label("Your answer").fill("They did, with her sister along.")
    theirs.get_by_role("button", name="Answer").click()
    theirs.get_by_text("Answered. The draft is back in the queue").wait_for()
    page.goto(f"/patients/{cast.patient.record_number}/drafts/{draft.pk}/")
    page.get_by_text("They did, with her sister along.").wait_for()
    page.get_by_text("Dr Elias Ruiz answered").wait_for()
    assert Answer.objects.count() == 1
    assert Suggestion.objects.get(pk=draft.pk).state == "open"
