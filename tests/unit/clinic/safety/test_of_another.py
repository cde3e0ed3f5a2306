"""Whoever worries about another has the card for that; whoever speaks of themselves beside it has their own."""

import pytest

from clinic.safety.detect import detect
from clinic.safety.detection import joined
from clinic.safety.protocols import card_of


@pytest.mark.parametrize(
    "text",
    [
        "My son told me he doesn't want to live any more. He has locked himself in his room.",
        "My girlfriend says she's going to kill herself tonight",
        "My friend texted me that he took pills",
    ],
)
def test_what_is_said_of_another_has_the_card_for_whoever_worries(text: str) -> None:
    assert card_of(detect(text, language="en")) == "someone_else"


@pytest.mark.parametrize(
    "text",
    [
        "My husband left me and I want to die",
        "my mum died and I want to die",
        "my son says he wants to die and so do I",
        "My best friend wants to die and I want to die with her",
        "I told my wife that I want to kill myself",
        "Can someone my age be suicidal? I'm 13.",
        "How long do people usually feel suicidal for? It's been two years.",
    ],
)
def test_what_is_one_s_own_keeps_its_card_whoever_else_is_named(text: str) -> None:
    assert card_of(detect(text, language="en")) == "crisis"


def test_planted_fault_the_gravest_kind_alone_would_speak_to_a_father_as_to_his_son() -> None:
    assert detect("My son told me he doesn't want to live any more.", language="en").card == "crisis"


def test_places_of_two_texts_are_not_taken_for_places_of_one() -> None:
    own, other = detect("I want to die", language="en"), detect("my wife wants to die too", language="en")
    assert card_of(joined(own, other)) == "crisis"
