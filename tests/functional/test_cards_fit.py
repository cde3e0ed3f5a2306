"""Every help card, as an answer to words that call for it, is whole on a small telephone and read first."""

import pytest
from playwright.sync_api import Page, expect

from clinic.models.clinic import Clinic
from clinic.models.safety import SafetyAlert
from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.browsing import SMALL_PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

WORDS = {
    "crisis": "I want to kill myself",
    "crisis_now": "I want to kill myself tonight",
    "self_injury": "I cut myself again",
    "medical_emergency": "I took an overdose of my pills an hour ago",
    "harm_to_others": "I am going to hurt my boss tonight",
    "abuse": "My husband hit me",
    "child": "My stepfather touches me and I am 12",
    "someone_else": "I'm worried my son might kill himself",
    "psychosis": "I know I'm actually dead, everyone is pretending",
    "mania": "Slept 2 hours a night all week, never felt better, quitting my job and buying three cars",
    "eating_disorder": "I'm looking forward to throwing up after dinner",
    "perinatal": "I had a baby two weeks ago and keep having images of hurting her",
    "young": "im 13, dont tell my mum",
    "substances": "I drink a bottle of vodka every day and cannot stop",
    "gentle": "I can't cope anymore",
}
"""By the card that they call for."""


def height_over(page: Page) -> float:
    """How far the first card reaches out of what lies between the bar and the navigation; 0 where it is whole."""
    top, card, nav = (
        page.locator(name).first.bounding_box() for name in (".portal-top", ".help-card", ".portal-nav")
    )
    assert top
    assert card
    assert nav
    return max(0.0, top["y"] + top["height"] - card["y"], card["y"] + card["height"] - nav["y"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_every_card_is_whole_on_a_small_telephone_and_has_the_focus(
    cast: Cast, browsing: Browsing, scripts: bool
) -> None:
    Clinic.objects.update(is_demonstration=True)  # with two lines of help on each card
    page, out = browsing.signed_in("amara", size=SMALL_PHONE, scripts=scripts), {}
    for protocol, words in WORDS.items():
        page.goto("/my/messages/")
        page.locator("textarea[name=words]").fill(words)
        page.get_by_role("button", name="Send").click()
        card = page.locator(".help-card[role=alert]")
        expect(card).to_have_count(1)
        expect(card.get_by_role("heading")).to_be_focused()
        assert SafetyAlert.objects.order_by("-recorded_at").values_list("card", flat=True)[0] == protocol
        out[protocol] = height_over(page)
    assert {name: over for name, over in out.items() if over} == {}
