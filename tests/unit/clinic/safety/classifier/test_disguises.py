"""No disguise changes what the classifier sees: the score of a noisy message is exactly that of the plain one."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.safety.classifier import corpus
from clinic.safety.classifier.features import letters_of
from clinic.safety.classifier.model import shipped
from clinic.safety.detect import detect

MESSAGES = [example.text for example in corpus.own() if example.text.isascii()][::40]
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
LOOKALIKES = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "i": "і"}

messages = st.sampled_from(MESSAGES)


def noisy(plain: str, kind: str, random: Random) -> str:
    if kind == "case":
        return "".join(c.upper() if random.random() < 0.5 else c.lower() for c in plain)
    if kind == "zero width":
        return "".join(c + ("\u200b" if random.random() < 0.3 else "") for c in plain)
    if kind == "look-alikes":
        return "".join(LOOKALIKES.get(c, c) if random.random() < 0.5 else c for c in plain)
    if kind == "repeats":
        return "".join(c * random.randint(1, 3) if c.isalpha() else c for c in plain)
    if kind == "letters apart":
        return " ".join(plain)
    if kind == "run together":
        return plain.replace(" ", "")
    if kind == "apostrophes":
        return plain.replace("'", random.choice(["’", "ʼ", "`", ""]))
    return "".join(LEET.get(c, c) if c in LEET and random.random() < 0.5 else c for c in plain)


KINDS = [
    "case",
    "zero width",
    "look-alikes",
    "repeats",
    "letters apart",
    "run together",
    "apostrophes",
    "leetspeak",
]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(plain=messages, random=st.randoms(use_true_random=False))
def test_a_disguise_leaves_the_letters_as_they_are(kind: str, plain: str, random: Random) -> None:
    assert letters_of(noisy(plain, kind, random)) == letters_of(plain)


@settings(max_examples=60, deadline=None)
@given(plain=messages, kind=st.sampled_from(KINDS), random=st.randoms(use_true_random=False))
def test_the_classifiers_own_score_is_the_same_to_the_last_digit(
    plain: str, kind: str, random: Random
) -> None:
    assert shipped().judge(noisy(plain, kind, random)).score == shipped().judge(plain).score


@settings(max_examples=60, deadline=None)
@given(plain=messages, random=st.randoms(use_true_random=False))
def test_what_the_classifier_raised_stays_raised(plain: str, random: Random) -> None:
    found = detect(plain, language="en")
    if "classifier" in found.rules:
        spoken = detect(" ".join(plain), language="en")
        assert spoken.level >= found.level


def test_planted_fault_a_reader_of_words_as_they_stand_would_change_its_mind() -> None:
    plain = "I want to end my life"
    assert set(plain.split()) != set(" ".join(plain).split())
    assert letters_of("I want to end my wife") != letters_of(plain)
