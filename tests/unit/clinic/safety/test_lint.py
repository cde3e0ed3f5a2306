"""The rules that are shipped are fit to use, and the check finds planted faults."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from clinic.safety import detect as detector
from clinic.safety.lint import lint
from clinic.safety.ruleset import Source, read

RULES_FOLDER = Path(detector.__file__).with_name("rules")
SHARED: dict[str, Any] = {
    "version": "1.0.0",
    "categories": {"distress": ["gentle", "gentle", "crisis_now"]},
    "sets": {"sad": ["(sad|low)"]},
    "guards": {"denied": {"place": "before", "lowers_to": "none", "phrases": ["not"]}},
    "spelling": {
        "strong": [],
        "telling": [],
        "short": [],
        "whole": [],
        "never_jumped": ["not"],
        "common": ["i"],
    },
}
RULE: dict[str, Any] = {
    "id": "en-sad",
    "language": "en",
    "category": "distress",
    "level": "urgent",
    "guards": ["denied"],
    "phrases": ["so <sad>"],
    "matches": ["I am so sad"],
    "leaves": ["I am not so sad"],
    "review": {"clinician": "missing", "native_speaker": "missing"},
}


def written(change: Callable[[dict[str, Any], dict[str, Any]], object] = lambda shared, rule: None) -> Source:
    shared, rule = deepcopy(SHARED), deepcopy(RULE)
    change(shared, rule)
    return Source(shared, (rule,))


def test_the_shipped_rules_have_no_fault() -> None:
    assert lint(read(RULES_FOLDER)) == []


def test_a_small_sound_rule_has_no_fault() -> None:
    assert lint(written()) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda s, r: r.update(id="SAD"), "SAD: its id is malformed"),
        (lambda s, r: r.update(id="ru-sad"), "ru-sad: its id is malformed"),
        (lambda s, r: r.update(id="en-" + "a" * 90), "its id is malformed, too long"),
        (lambda s, r: r.update(language="xx", id="xx-sad"), "xx-sad: its language is unknown"),
        (lambda s, r: r.update(category="joy"), "en-sad: its category is unknown"),
        (lambda s, r: r.update(level="grave"), "en-sad: its level is unknown"),
        (lambda s, r: r.update(level="none"), "en-sad: its level is unknown"),
        (lambda s, r: r.update(guards=["denied", "joke"]), "en-sad: it names an unknown guard"),
        (lambda s, r: r.update(guards=[]), "guard denied: no rule uses it"),
        (lambda s, r: r.update(phrases=[]), "en-sad: it has no phrase"),
        (lambda s, r: r.update(phrases=["so <sad>", "so <sad>"]), "en-sad: a phrase stands twice"),
        (lambda s, r: r.update(phrases=["so <glad>"]), "en-sad: “so <glad>”: there is no set glad"),
        (lambda s, r: r.update(phrases=["so (sad"]), "en-sad: “so (sad”: a choice lacks its )"),
        (lambda s, r: r.update(phrases=["a {12} b {12} c {12} d {12} e"]), "can be walked in 28561 ways"),
        (lambda s, r: r.update(matches=[]), "en-sad: it has no example that must match"),
        (lambda s, r: r.update(leaves=[]), "en-sad: it has no example that it must leave"),
        (lambda s, r: r.update(matches=["I am glad"]), "en-sad: “I am glad” is missed"),
        (lambda s, r: r.update(leaves=["I am so low"]), "en-sad: “I am so low” is matched"),
        (lambda s, r: r.update(review={}), "en-sad: its file does not say who reviewed it"),
        (
            lambda s, r: s["categories"].update(distress=["gentle"]),
            "category distress: needs three known help cards",
        ),
        (
            lambda s, r: s["categories"].update(distress=["a", "b", "c"]),
            "category distress: needs three known",
        ),
        (lambda s, r: s["categories"].update(joy=["gentle"] * 3), "category joy: no rule speaks of it"),
        (lambda s, r: s["guards"]["denied"].update(place="near"), "guard denied: has an unknown place"),
        (
            lambda s, r: s["guards"]["denied"].update(lowers_to="emergency"),
            "guard denied: has an unknown place or level",
        ),
        (lambda s, r: s["guards"]["denied"].update(phrases=["(not"]), "guard denied: “(not”"),
        (lambda s, r: s["sets"].update(unused=["glad"]), "set unused: nothing uses it"),
        (lambda s, r: s["sets"].update(sad=["<sad>"]), "sets: “<sad>”"),
    ],
)
def test_a_planted_fault_is_found(
    change: Callable[[dict[str, Any], dict[str, Any]], object], complaint: str
) -> None:
    assert any(complaint in problem for problem in lint(written(change))), lint(written(change))


def test_an_id_that_stands_twice_is_found() -> None:
    assert "en-sad: this id stands 2 times" in lint(Source(deepcopy(SHARED), (RULE, RULE)))


def test_the_digest_changes_with_any_byte_of_any_file(tmp_path: Path) -> None:
    for path in RULES_FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = read(tmp_path).digest
    assert before == read(RULES_FOLDER).digest
    (tmp_path / "de.toml").write_text(
        (tmp_path / "de.toml").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    assert read(tmp_path).digest != before


def test_no_language_claims_a_review_that_nobody_made() -> None:
    """A clinician's or a native speaker's name comes in with their review; until then the files say missing."""
    reviews = {value for rule in read(RULES_FOLDER).rules for value in rule["review"].values()}
    assert reviews == {"missing"}
