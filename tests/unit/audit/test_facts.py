"""What the log refuses to hold."""

from typing import Any
from uuid import UUID

import pytest

from audit.facts import MOST_FACTS, Fact, UnfitFact, checked, code

PERSON = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")


def test_codes_counts_ids_and_digests_are_kept() -> None:
    facts: dict[str, Fact] = {
        "shown": 6,
        "signed": True,
        "suggestion": PERSON,
        "digest": "ab" * 32,
        "release": "mood-2.4",
        "zone": "Europe/Lisbon",
        "day": "2026-11-24",
        "rules": ("self_harm", "item_9"),
    }
    assert checked(facts) == facts | {"suggestion": str(PERSON), "rules": ["self_harm", "item_9"]}


def test_no_facts_are_an_empty_object() -> None:
    assert checked(None) == checked({}) == {}


@pytest.mark.parametrize(
    "unfit",
    [
        "I feel low",
        "x" * 65,
        "café",
        "a\nb",
        "<b>",
        6.5,
        None,
        2**53,
        b"bytes",
        {"nested": 1},
        [["nested"]],
        ["a b"],
    ],
)
def test_words_and_anything_that_could_hold_words_are_refused(unfit: Any) -> None:
    with pytest.raises(UnfitFact, match="note"):
        checked({"note": unfit})


def test_a_name_of_a_fact_is_a_code_too() -> None:
    with pytest.raises(UnfitFact):
        checked({"what she said": 1})


def test_more_facts_than_an_entry_takes_are_refused() -> None:
    with pytest.raises(UnfitFact):
        checked({f"fact{number}": number for number in range(MOST_FACTS + 1)})
    with pytest.raises(UnfitFact):
        checked({"many": list(range(MOST_FACTS + 1))})


def test_the_error_does_not_repeat_the_words() -> None:
    with pytest.raises(UnfitFact) as refused:
        code("my mother left", field="reason")
    assert "mother" not in str(refused.value)


def test_an_empty_code_is_allowed_and_a_long_one_is_not() -> None:
    assert code("", field="reason") == ""
    with pytest.raises(UnfitFact):
        code("a" * 33, field="role", length=32)
