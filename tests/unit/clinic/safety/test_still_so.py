"""What is hardly over, and what was past and is so again, is not lowered; a counted overdose asks for no score."""

from dataclasses import replace

import pytest

from clinic.safety import detect as detector
from clinic.safety.detect import RULES, detect
from clinic.safety.levels import Level

HARDLY_OVER = [
    "I tried to kill myself on Monday but I'm fine now",
    "I overdosed on Sunday but I am ok now",
    "I cut my wrists yesterday, I'm fine now",
    "My husband strangled me on Friday, I'm fine now",
    "В понедельник хотел покончить с собой, сейчас всё хорошо",
]
STILL_SO = [
    "I used to want to die. I still do.",
    "I used to want to die. Same now.",
    "I used to want to die, and nothing has changed.",
    "Years ago I was suicidal. I am again.",
    "The suicidal thoughts I had as a student are back.",
    "I can't not kill myself.",
    "I won't kill myself until the dog is dead.",
    "Раньше хотел умереть. И сейчас хочу.",
]
COUNTED = [
    "I just took forty paracetamol",
    "I've taken 26 sertraline",
    "I took 32 panadol",
]
LONG_OVER = [
    "I tried to kill myself ten years ago but I'm fine now",
    "I used to want to die. Not any more, I love my life.",
]


@pytest.mark.parametrize("text", [*HARDLY_OVER, *STILL_SO])
def test_what_is_of_these_days_or_is_so_again_pages_somebody(text: str) -> None:
    assert detect(text, language=None).level >= Level.URGENT


@pytest.mark.parametrize("text", LONG_OVER)
def test_what_is_long_over_pages_nobody(text: str) -> None:
    assert detect(text, language="en").level < Level.URGENT


@pytest.mark.parametrize("text", COUNTED)
def test_so_many_tablets_are_an_emergency_whatever_the_classifier_says(text: str) -> None:
    found = detect(text, language="en")
    assert (found.level, found.card) == (Level.EMERGENCY, "medical_emergency")


def test_planted_fault_without_what_lifts_the_guards_they_fall_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lifted_by_nothing = {
        name: replace(guard, unless=(), unless_near=()) for name, guard in RULES.guards.items()
    }
    monkeypatch.setattr(detector, "RULES", replace(RULES, guards=lifted_by_nothing))
    assert [text for text in (*HARDLY_OVER, *STILL_SO) if not detect(text, language=None).level]


def test_fear_of_somebody_is_no_card_for_new_parents_and_a_wish_to_sleep_none_for_a_sick_body() -> None:
    assert detect("I'm scared of him. He checks my phone.", language="en").card == "abuse"
    assert detect("I want to sleep and not wake up", language="en").card == "crisis"
