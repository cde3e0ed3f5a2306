"""A release is its numbers: each one counts, and they can be registered as plain JSON."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from recommendations.scoring.mood import MOOD, MOOD_1
from recommendations.scoring.release import DayRules, SignalParameters


@pytest.mark.parametrize("name", [field.name for field in fields(SignalParameters)])
def test_every_number_of_a_signal_counts_in_the_digest(name: str) -> None:
    value = getattr(MOOD, name)
    other: Any = f"{value}?" if isinstance(value, str) else 3 - value
    assert replace(MOOD_1, signals=(replace(MOOD, **{name: other}),)).digest != MOOD_1.digest


@pytest.mark.parametrize("name", [field.name for field in fields(DayRules)])
def test_every_rule_about_days_counts_in_the_digest(name: str) -> None:
    rules = replace(MOOD_1.rules, **{name: getattr(MOOD_1.rules, name) + 1})
    assert replace(MOOD_1, rules=rules).digest != MOOD_1.digest


def test_name_and_version_count_in_the_digest() -> None:
    digests = {MOOD_1.digest, replace(MOOD_1, name="mood-2").digest, replace(MOOD_1, version="1.0.1").digest}
    assert len(digests) == 3
    assert {len(digest) for digest in digests} == {32}


def test_equal_releases_have_equal_digests() -> None:
    assert replace(MOOD_1, signals=(replace(MOOD),)).digest == MOOD_1.digest


def test_the_parameters_survive_json() -> None:
    assert json.loads(json.dumps(MOOD_1.parameters))["signals"][0]["drift"] == MOOD.drift


def test_the_rules_are_those_that_the_product_states() -> None:
    rules = MOOD_1.rules
    assert (rules.minimum_days, rules.usual_days, rules.recent_days, rules.gap_days) == (5, 14, 14, 3)
