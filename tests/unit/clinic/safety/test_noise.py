"""Noise never lowers what is noticed: however a sentence is typed, it is read as gravely as when typed plainly."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.safety import spelling
from clinic.safety.detect import RULES, detect, detect_with

_WRITTEN = tomllib.loads(Path(__file__).with_name("disclosures.toml").read_text(encoding="utf-8"))
SENTENCES = [text for levels in _WRITTEN.values() for texts in levels.values() for text in texts]
ZERO_WIDTH = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\ufe0f",
    "\u202e",
    "\U000e0061",
]
APOSTROPHES = ["’", "‘", "ʼ", "ʻ", "`", "´", "＇", ""]
SPACES = ["  ", "\t", "\n", "\u00a0", "\u2003", "\u3000", " \u200b "]
LOOKALIKES = {
    "a": "аɑα", "c": "сϲ", "e": "еε", "h": "һ", "i": "іı", "k": "кκ", "o": "оοօ", "p": "рρ", "s": "ѕ", "x": "хχ",
    "y": "у",
}  # fmt: skip
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(ord("a"), ord("z") + 1)}
LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}

sentences = st.sampled_from(SENTENCES)


def assert_no_lower(noisy: str, plain: str) -> None:
    assert detect(noisy, language="en").level >= detect(plain, language="en").level, noisy


@given(sentences, st.randoms(use_true_random=False))
def test_zero_width_characters_inside_words(plain: str, random: Random) -> None:
    assert_no_lower(
        "".join(c + (random.choice(ZERO_WIDTH) if random.random() < 0.3 else "") for c in plain), plain
    )


@given(sentences, st.randoms(use_true_random=False))
def test_upper_and_lower_case(plain: str, random: Random) -> None:
    assert_no_lower("".join(c.upper() if random.random() < 0.5 else c.lower() for c in plain), plain)


@given(sentences, st.sampled_from(APOSTROPHES))
def test_any_apostrophe_or_none(plain: str, apostrophe: str) -> None:
    assert_no_lower(plain.replace("'", apostrophe), plain)


@given(sentences, st.randoms(use_true_random=False))
def test_repeated_letters(plain: str, random: Random) -> None:
    noisy = "".join(c * random.randint(1, 4) if c.isalpha() else c for c in plain)
    assert_no_lower(noisy, plain)


@given(sentences, st.randoms(use_true_random=False))
def test_any_white_space_between_words(plain: str, random: Random) -> None:
    assert_no_lower("".join(random.choice(SPACES) if c == " " else c for c in plain), plain)


@given(sentences, st.randoms(use_true_random=False))
def test_look_alike_letters(plain: str, random: Random) -> None:
    noisy = "".join(
        random.choice(LOOKALIKES[c]) if c in LOOKALIKES and random.random() < 0.5 else c for c in plain
    )
    assert_no_lower(noisy, plain)


@given(sentences, st.randoms(use_true_random=False))
def test_wide_letters_and_accents(plain: str, random: Random) -> None:
    noisy = "".join(
        WIDE[c]
        if c in WIDE and random.random() < 0.3
        else c + ("\u0301" if c.isalpha() and random.random() < 0.2 else "")
        for c in plain
    )
    assert_no_lower(noisy, plain)


@given(sentences, st.integers(min_value=0, max_value=30))
def test_one_word_with_its_letters_apart(plain: str, number: int) -> None:
    """After a lone "a" the letters may as well begin with it ("a w a y"), so those words are left out."""
    words = plain.split()
    chosen = [
        at
        for at, word in enumerate(words)
        if len(word) >= 3 and word.isalpha() and (not at or words[at - 1] != "a")
    ]
    at = chosen[number % len(chosen)]
    words[at] = " ".join(words[at])
    assert_no_lower(" ".join(words), plain)


TELLING = [
    "I want to kill myself",
    "I want to die",
    "I feel suicidal",
    "I keep hurting myself",
    "I can't go on living",
]


@given(st.sampled_from(TELLING), st.randoms(use_true_random=False))
def test_digits_and_signs_for_letters(plain: str, random: Random) -> None:
    def disguised(word: str) -> str:
        inner = "".join(
            random.choice(LEET[c]) if c in LEET and random.random() < 0.6 else c for c in word[:-1]
        )
        return inner + word[-1] if len(word) > 2 else word

    assert_no_lower(" ".join(map(disguised, plain.split())), plain)


@settings(max_examples=50)
@given(st.text(max_size=200), st.sampled_from(TELLING), st.text(max_size=200))
def test_whatever_stands_around_it_in_other_paragraphs(before: str, plain: str, after: str) -> None:
    noisy = f"{before}\n\n{plain}\n\n{after}"
    assert detect(noisy, language="en").level >= min(1, detect(plain, language="en").level)


@given(st.text(max_size=300))
def test_any_text_is_read_without_error_and_quoted_from_itself(text: str) -> None:
    detection = detect(text, language=None)
    assert all(0 <= span.start < span.end <= len(text) for span in detection.spans)
    assert all(text[span.start : span.end] == span.words for span in detection.spans)
    assert all(words in text for words in detection.words)


def test_without_the_speller_a_disguise_does_lower_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault that the tests above would catch: words read only as typed."""
    monkeypatch.setattr(spelling.RuleSpeller, "respell", lambda self, raw: None)
    typed, meant = (detect_with(RULES, text, language="en") for text in ("I want to d1e", "I want to die"))
    assert typed.level < meant.level
    assert RULES.rules
