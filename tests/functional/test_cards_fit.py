"""Every help card, as an answer to words that call for it, is whole on a small telephone and read first."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, expect

from clinic.clock import now
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.help import HelpCard, card_for
from clinic.safety.help_cards import CARDS
from clinic.safety.read_languages import PARTLY, UNREAD
from dashboard.portal.pinned import pinned
from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.browsing import PHONE, SMALL_PHONE, Browsing

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


WISHES = {"en": "I want to die", "ru": "Я хочу умереть", "uz": "Oʻlgim keladi"}
LANGUAGES = ("ru", "uz", "en", *sorted({*PARTLY, *UNREAD} - {"ru", "uz"}), "xx")
"""Those into which the cards are translated, English, and such as have a note of their own or none."""

OVER = """all => Object.fromEntries(Object.entries(all).map(([name, drawn]) => {
  const frame = document.createElement("template")
  frame.innerHTML = drawn
  document.querySelector(".help-card").replaceWith(frame.content)
  scrollTo(0, 0)
  document.querySelector(".help-card h2").focus()
  const [top, card, nav] = [".portal-top", ".help-card", ".portal-nav"].map(
    one => document.querySelector(one).getBoundingClientRect())
  return [name, Math.max(0, top.bottom - card.top, card.bottom - nav.top)]
}).filter(([name, over]) => over))"""
"""Each card in the place of the one that the page shows: by its name, how far it reaches out."""


def shown(protocol: str, language: str, repeated: int) -> HelpCard:
    """A card with as much on it as there can be: two lines of help besides the emergency number."""
    at = now().date()
    return card_for(
        protocol, country="GB", language=language, demonstration=True, today=at, repeated=repeated
    )


def drawn_of(card: HelpCard, *, note: str = "") -> str:
    card = replace(card, notes=(*card.notes, note)) if note else card
    with translation.override(card.language):
        return render_to_string("_components/help_card.html", {"card": card, "plan_link": True})


def spoken(cast: Cast, browsing: Browsing, language: str, words: str) -> Page:
    """The page of a patient of this language on a small telephone after words of danger."""
    Clinic.objects.update(is_demonstration=True)
    Patient.objects.filter(pk=cast.patient.pk).update(language=language)
    page = browsing.signed_in("amara", size=SMALL_PHONE)
    page.goto("/my/messages/")
    page.locator("textarea[name=words]").fill(words)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".help-card[role=alert]")).to_have_count(1)
    return page


def test_every_card_is_whole_in_every_language_the_first_time_and_again(
    cast: Cast, browsing: Browsing
) -> None:
    page = spoken(cast, browsing, "ru", WISHES["ru"])
    assert height_over(page) == 0
    every = {
        f"{language} {protocol} {repeated}": drawn_of(shown(protocol, language, repeated))
        for language in LANGUAGES
        for protocol in CARDS
        for repeated in range(3 if language in WISHES else 1)
    }
    assert page.evaluate(OVER, every) == {}
    long = drawn_of(shown("child", "ru", 0), note="и ещё несколько слов " * 6)
    assert page.evaluate(OVER, {"too long": long}) != {}


@pytest.mark.parametrize("language", ["ru", "uz"])
def test_the_card_that_stays_is_whole_with_who_was_told(
    cast: Cast, browsing: Browsing, language: str
) -> None:
    page = spoken(cast, browsing, language, WISHES[language])
    page.goto("/my/messages/")
    assert height_over(page) == 0
    cast.patient.refresh_from_db()
    stays, every = pinned(cast.patient, at=now()), {}
    assert stays
    assert stays.follows
    for protocol in CARDS:
        card = shown(protocol, language, 0)
        card = replace(card, actions=tuple(each for each in card.actions if each.kind != "do"))
        every[protocol] = render_to_string("portal/_pinned.html", {"pinned": replace(stays, card=card)})
    assert page.evaluate(OVER, every) == {}


@pytest.mark.parametrize("path", ["/my/safety-plan/coping/", "/my/messages/"])
def test_under_the_card_that_stays_the_field_begins_on_the_first_screen(
    cast: Cast, browsing: Browsing, path: str
) -> None:
    Clinic.objects.update(is_demonstration=True)
    page = browsing.signed_in("amara", size=PHONE)
    page.goto(path)
    page.locator("textarea").fill("z" * 200 + " " + WORDS["crisis_now"])
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".help-card[role=alert]")).to_be_visible()
    assert (
        page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    )  # nothing stands out sideways
    page.goto(path)
    expect(page.locator(".help-card--pinned")).to_be_visible()
    field, bar = page.locator("textarea").bounding_box(), page.locator(".help-bar").bounding_box()
    assert field
    assert bar
    assert field["y"] + 32 < bar["y"]  # its first line, under what is said before typing
    page.get_by_text("What was passed on").click()
    expect(page.get_by_text("It stays here because")).to_be_visible()
