"""Plain disclosures are noticed and everyday sentences are left alone.

Invented sentences by the authors of the rules: they guard against steps back. They are no evaluation.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.safety.detect import RULES, Level, detect, detect_with

HERE = Path(__file__).parent
EVERYDAY = HERE.joinpath("everyday.txt").read_text(encoding="utf-8").splitlines()
# The negative cases of the safety requirements stand beside a working copy of the project, never in it.
NEGATIVE_CASES = Path(__file__).parents[5] / "shared" / "safety" / "negative_cases.jsonl"
# Named by their tests, not by words: an answer, a chat of three turns, a line that is out of date.
NOT_WORDS = {"N46", "N48", "N50"}
NO_CARD = {"N12", "N13", "N14", *(f"N{number}" for number in range(24, 33))}


def disclosures() -> Iterator[tuple[str, Level, str]]:
    written = tomllib.loads(HERE.joinpath("disclosures.toml").read_text(encoding="utf-8"))
    for category, levels in written.items():
        for level, texts in levels.items():
            yield from ((category, Level[level.upper()], text) for text in texts)


@pytest.mark.parametrize(("category", "least", "text"), list(disclosures()))
def test_a_plain_disclosure_is_noticed_for_what_it_is(category: str, least: Level, text: str) -> None:
    detection = detect(text, language="en")
    assert detection.level >= least
    assert category in detection.categories


def test_every_kind_of_danger_has_plain_disclosures() -> None:
    assert {category for category, _level, _text in disclosures()} == set(RULES.categories)


def test_at_most_one_everyday_sentence_in_a_hundred_meets_a_rule() -> None:
    alarms = [text for text in EVERYDAY if detect_with(RULES, text, language="en").level]
    assert len(EVERYDAY) >= 200
    assert len(alarms) <= len(EVERYDAY) / 100, alarms


def test_of_everyday_sentences_with_traps_at_most_eight_in_a_hundred_bring_a_card() -> None:
    """Each of them holds a word of danger, and the classifier had learnt none."""
    alarms = [text for text in EVERYDAY if detect(text, language="en").level]
    assert len(alarms) <= len(EVERYDAY) * 0.08, alarms


def test_everyday_sentences_stay_calm_when_written_in_one_note() -> None:
    """Each note has five sentences, each of them a word of danger; few of these notes bring a card."""
    alarms = [
        detect(". ".join(EVERYDAY[first : first + 5]), language="en").words
        for first in range(0, len(EVERYDAY), 5)
    ]
    assert sum(map(bool, alarms)) <= len(alarms) * 0.25, alarms


@pytest.mark.skipif(not NEGATIVE_CASES.exists(), reason="the negative cases are not beside this copy")
def test_the_negative_cases_of_the_requirements_show_their_card() -> None:
    cases = [json.loads(line) for line in NEGATIVE_CASES.read_text(encoding="utf-8").splitlines()]
    levels = {case["id"]: detect(" ".join(case["text"]), language=case["lang"]).level for case in cases}
    missed = [name for name, level in levels.items() if not level and name not in NO_CARD | NOT_WORDS]
    alerts = {case["id"] for case in cases if "human_alert_created" in case["must"]} - NOT_WORDS
    assert missed == []
    assert [name for name in alerts if levels[name] < Level.URGENT] == []
    assert [name for name in ("N13", "N14") if levels[name]] == []
