"""Danger told in Russian and Uzbek: both alphabets, what is disguised, what is met and what is left alone.

The corpora are our own sentences, by the authors of the rules; `held_out` was written after the rules and never
adapted to. They guard against steps back and are no evaluation. Nobody has reviewed these rules as a clinician.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.safety import detect as detector
from clinic.safety import normalise
from clinic.safety.detect import RULES, detect, detect_with
from clinic.safety.help import card_for
from clinic.safety.ruleset import read

SAFETY = Path(detector.__file__).parent
WRITTEN = {rule["id"]: rule for rule in read(SAFETY / "rules").rules if rule["language"] in {"ru", "uz"}}
SENTENCES = [text for rule in WRITTEN.values() for text in rule["matches"]]
CYRILLIC_AS_LATIN = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "к": "k"}
LATIN_AS_CYRILLIC = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "y": "у", "x": "х", "i": "і"}
WITHOUT_UZBEK_LETTERS = str.maketrans("ўқғҳЎҚҒҲё", "укгхУКГХе")
APOSTROPHES = ["ʻ", "ʼ", "‘", "’", "`", "´", "＇", ""]
EVERY, MOST = 9, 12
UNSEEN = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]

both = pytest.mark.parametrize("language", ["ru", "uz"])
sentences = st.sampled_from(SENTENCES)


def level(text: str) -> int:
    return detect(text, language="uz").level


def lines(folder: str, language: str, kind: str, name: str = "*") -> list[str]:
    return [
        line
        for path in sorted((SAFETY / folder / language / kind).glob(f"{name}.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def few(texts: list[str]) -> list[str]:
    """At most about MOST of them, from everywhere among them."""
    return texts[:: max(1, len(texts) // MOST)]


def share(texts: list[str]) -> float:
    return sum(level(text) > 0 for text in texts) / len(texts)


@both
def test_plain_disclosures_of_our_own_are_met(language: str) -> None:
    assert share(lines("corpus", language, "help")[::EVERY]) >= 0.95


@both
def test_every_kind_of_danger_is_met_in_its_own_sentences(language: str) -> None:
    kinds = {path.name: path for path in (SAFETY / "corpus" / language / "help").glob("*.txt")}
    assert len(kinds) >= 20
    assert [name for name in kinds if share(few(lines("corpus", language, "help", name[:-4]))) < 0.8] == []


@both
def test_what_only_sounds_like_danger_is_left_alone(language: str) -> None:
    hard = lines("corpus", language, "none", "hard.*")
    assert len(hard) >= 120
    assert share(hard[::2]) <= 0.08


@both
def test_everyday_sentences_raise_nothing(language: str) -> None:
    everyday = lines("corpus", language, "none", "everyday.*")
    assert len(everyday) >= 150
    assert share(everyday[::2]) <= 0.01


@both
def test_most_of_what_the_rules_were_not_written_for_is_met(language: str) -> None:
    assert share(lines("held_out", language, "help")) >= 0.7
    harmless = ["everyday", "idiom", "past", "quoted", "fiction", "news", "anger"]
    assert share([line for name in harmless for line in lines("held_out", language, "none", name)]) <= 0.08


def uzbek_pairs() -> Iterator[tuple[str, str]]:
    return ((name, f"{name}-cyrillic") for name in WRITTEN if name[:2] == "uz" and "cyrillic" not in name)


@pytest.mark.parametrize(("latin", "cyrillic"), list(uzbek_pairs()))
def test_an_uzbek_rule_says_the_same_in_both_alphabets(latin: str, cyrillic: str) -> None:
    one, other = WRITTEN[latin], WRITTEN[cyrillic]
    for field in ("category", "level", "guards"):
        assert one.get(field) == other.get(field)
    for field in ("phrases", "matches", "leaves"):
        assert len(one[field]) == len(other[field])


def test_every_kind_of_danger_has_rules_in_both_languages() -> None:
    for language in ("ru", "uz"):
        met = {rule.category for rule in RULES.rules if rule.language == language}
        assert set(RULES.categories) - met <= {"suicidal_means", "unsafe"}


def test_no_native_clinician_has_reviewed_them_and_each_file_says_so() -> None:
    assert {rule["review"]["clinician"] for rule in WRITTEN.values()} == {"missing"}
    assert {rule["review"]["native_speaker"] for rule in WRITTEN.values()} == {"missing"}


@both
def test_a_disclosure_gives_its_card_in_that_language_with_the_english_one_as_nobody_checked_it(
    language: str,
) -> None:
    today = dt.date(2025, 6, 1)
    for rule in WRITTEN.values():
        if rule["language"] == language:
            name = detect(rule["matches"][0], language=language).card
            assert name
            card = card_for(name, country="GB", language=language, demonstration=False, today=today)
            assert (card.language, card.original is not None) == (language, True)


def swapped(text: str, table: dict[str, str], random: Random) -> str:
    return "".join(table[c] if c in table and random.random() < 0.5 else c for c in text)


@given(sentences, st.randoms(use_true_random=False))
def test_latin_letters_among_cyrillic_ones_lower_nothing(plain: str, random: Random) -> None:
    assert level(swapped(plain, CYRILLIC_AS_LATIN, random)) >= level(plain)


@given(sentences, st.randoms(use_true_random=False))
def test_cyrillic_letters_among_latin_ones_lower_nothing(plain: str, random: Random) -> None:
    assert level(swapped(plain, LATIN_AS_CYRILLIC, random)) >= level(plain)


@given(sentences)
def test_a_keyboard_without_the_uzbek_letters_lowers_nothing(plain: str) -> None:
    assert level(plain.translate(WITHOUT_UZBEK_LETTERS)) >= level(plain)


@given(sentences, st.sampled_from(APOSTROPHES))
def test_any_apostrophe_or_none_lowers_nothing(plain: str, apostrophe: str) -> None:
    assert level(plain.replace("'", apostrophe)) >= level(plain)


@given(sentences, st.randoms(use_true_random=False))
def test_capitals_invisible_signs_and_repeats_lower_nothing(plain: str, random: Random) -> None:
    noisy = "".join(
        (c.upper() if random.random() < 0.4 else c) * (2 if c.isalpha() and random.random() < 0.2 else 1)
        + (random.choice(UNSEEN) if random.random() < 0.2 else "")
        for c in plain
    )
    assert level(noisy) >= level(plain)


def test_without_the_folding_of_letters_a_look_alike_would_lower_the_level(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fault that the tests above would catch."""
    assert level("Хочу умереть") == level("Xoчy yмepeть") > 0
    monkeypatch.setattr(normalise, "skeleton", str.lower)
    assert detect_with(RULES, "Xoчy yмepeть", language="ru").level == 0


@pytest.mark.parametrize(
    "text", ["Erim meni har kuni uradi", "Эрим мени ҳар куни уради", "Муж меня бьёт", "Муж душил меня ночью"]
)
def test_a_grown_up_who_is_hurt_by_a_partner_reads_the_card_on_abuse(text: str) -> None:
    assert detect(text, language=None).card == "abuse"


@pytest.mark.parametrize(
    "text", ["Erim bolamni uradi", "Dadam meni kamar bilan uradi", "Муж бьёт сына", "Папа бьёт меня ремнём"]
)
def test_a_child_who_is_hurt_is_met_by_the_card_for_children(text: str) -> None:
    assert detect(text, language=None).card == "child"
