"""Sent twice, decided twice, opened twice: one check-in, one signature, and a plain word to the second."""

import pytest
from playwright.sync_api import expect

from clinic.models.observation import CheckIn
from recommendations.models.publication import Publication
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.functional import acts
from tests.functional.axe import violations
from tests.functional.browsing import PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_saves_one_check_in(cast: Cast, browsing: Browsing, scripts: bool) -> None:
    page = browsing.signed_in("amara", size=PHONE, scripts=scripts)
    page.goto("/my/check-in/")
    page.locator("input[name=mood][value='4']").check(force=True)
    page.get_by_role("button", name="Save").dblclick()
    page.get_by_text("Saved.", exact=True).wait_for()
    page.goto("/my/mood/")
    assert CheckIn.objects.count() == 1


def test_a_draft_open_in_two_tabs_is_signed_once_and_the_second_tab_says_who_signed(
    cast: Cast, browsing: Browsing
) -> None:
    open_drafts(cast.patient, cast.treating)
    first = browsing.signed_in("treating")
    second = first.context.new_page()
    for page in (first, second):
        acts.open_from_queue(page, "Two short planned walks")
        acts.approve(page)
        acts.fill_signature(page)
    second.get_by_label("Note for the record").fill("Read twice.")
    acts.press_sign(first)
    first.get_by_text("Signed. Amara Nwosu can read it now.").wait_for()
    acts.press_sign(second)
    expect(second.get_by_text("This was not signed.")).to_be_visible()
    expect(second.locator("main")).to_contain_text("Dr Maya Okonkwo")
    expect(second.get_by_label("Note for the record")).to_have_value("Read twice.")
    assert violations(second) == []
    assert Publication.objects.count() == 1
