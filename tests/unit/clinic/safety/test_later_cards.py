"""Cards that come again are shorter and other ones, and every number stays; some dangers have a card of their own."""

import datetime as dt

import pytest

from clinic.safety.detect import detect
from clinic.safety.help import HelpCard, card_for
from clinic.safety.help_cards import CARDS
from clinic.safety.protocols import card_of

TODAY = dt.date(2025, 6, 1)
CALLED = sorted(set(CARDS) - {"help"})


def card(protocol: str, *, repeated: int = 0, language: str = "en") -> HelpCard:
    return card_for(
        protocol, country="GB", language=language, demonstration=True, today=TODAY, repeated=repeated
    )


def length(shown: HelpCard) -> int:
    words = (shown.heading, shown.lead, *shown.notes, *(f"{a.label} {a.detail}" for a in shown.actions))
    return len(" ".join(words))


def numbers(shown: HelpCard) -> list[str]:
    return [action.label for action in shown.actions if action.kind in {"call", "text", "leave"}]


@pytest.mark.parametrize("protocol", CALLED)
def test_later_cards_are_shorter_each_another_one_and_keep_every_number(protocol: str) -> None:
    shown = [card(protocol, repeated=times) for times in range(3)]
    assert len({(each.heading, each.lead) for each in shown}) == 3
    assert all(length(later) <= length(shown[0]) for later in shown[1:])
    assert len({tuple(numbers(each)) for each in shown}) == 1
    assert numbers(shown[0])


@pytest.mark.parametrize("protocol", CALLED)
def test_only_words_that_stand_in_the_cards_are_ever_shown(protocol: str) -> None:
    text = CARDS[protocol]
    approved = {(str(text.heading), str(text.lead))} | {(str(a), str(b)) for a, b in text.later}
    assert {(each.heading, each.lead) for each in (card(protocol, repeated=n) for n in range(9))} == approved


def test_an_imminent_card_says_its_three_things_however_often_it_comes() -> None:
    for repeated in range(4):
        said = " ".join(f"{a.label}" for a in card("crisis_now", repeated=repeated).actions).lower()
        assert all(words in said for words in ("emergency number", "be with someone", "away from anything"))


def test_self_injury_has_a_card_of_its_own_and_what_is_denied_or_imminent_keeps_its_card() -> None:
    found = detect("I cut myself again", language="en")
    assert (found.categories[0], card_of(found)) == ("self_injury", "self_injury")
    assert card_of(detect("I'm not trying to hurt myself, I just need to talk", language="en")) == "gentle"
    assert card_of(detect("I want to kill myself", language="en")) == "crisis"
    assert card_of(detect("I had soup", language="en")) == ""


def test_a_card_on_abuse_leads_away_from_the_page_by_itself() -> None:
    for protocol in ("abuse", "child"):
        for repeated in range(3):
            leaving = [a for a in card(protocol, repeated=repeated).actions if a.kind == "leave"]
            assert len(leaving) == 1
    others = set(CARDS) - {"abuse", "child"}
    assert not any(a.kind == "leave" for name in others for a in card(name).actions)


def test_a_medical_emergency_begins_with_the_emergency_number_every_time() -> None:
    for repeated in range(3):
        shown = card("medical_emergency", repeated=repeated)
        assert shown.heading.startswith("Call the emergency number")
        assert "emergency" in shown.actions[0].label


def test_a_card_of_danger_asks_directly_and_does_not_suggest_the_answer() -> None:
    assert "Are you thinking about ending your life?" in card("crisis").lead


@pytest.mark.parametrize("language", ["ru", "uz", "kk", "tr", "pl", "ar", "xx"])
def test_where_reading_is_not_measured_the_card_says_so_in_that_language_and_in_english(
    language: str,
) -> None:
    note = card("crisis", language=language).reading
    assert note is not None
    assert "ring a number of help" in note.english
    assert bool(note.own) == (language != "xx")


def test_in_english_nothing_is_said_about_it() -> None:
    assert card("crisis").reading is None
    assert card("crisis", language="en-GB").reading is None
