"""Codes: a check digit and a pinned meaning, both, for each of them."""

import re
from dataclasses import replace

import pytest

from clinic.questionnaires import catalogue, loinc
from clinic.questionnaires.definition import Code
from tests.forms import shipped

PINNED = {
    "44249-1": ("PHQ-9 panel", "verified"),
    "44261-6": ("PHQ-9 total score", "verified"),
    "44260-8": ("Thoughts that you would be better off dead, or of hurting yourself in some way", "verified"),
    "69737-5": ("GAD-7 panel", "verified"),
    "70274-6": ("GAD-7 total score", "verified"),
    "75626-2": ("AUDIT-C total score", "verified"),
    "75624-7": ("AUDIT total score", "verified"),
    "70272-0": ("PHQ-4 total score", "unverified"),
    "LA6568-5": ("Not at all", "verified"),
    "LA6571-9": ("Nearly every day", "verified"),
}
"""What was read at a source, kept apart from the table that it checks."""


@pytest.mark.parametrize("code", loinc.TABLE)
def test_every_code_of_the_table_has_its_check_digit(code: str) -> None:
    assert loinc.has_check_digit(code)


@pytest.mark.parametrize("code", PINNED)
def test_the_table_says_what_was_read_at_the_source(code: str) -> None:
    assert (loinc.TABLE[code].meaning, loinc.TABLE[code].status) == PINNED[code]


@pytest.mark.parametrize("key", catalogue.shipped())
def test_every_code_of_every_instrument_equals_the_table(key: str) -> None:
    assert loinc.faults_of(shipped(key)) == []


def test_audit_and_audit_c_cannot_be_swapped_although_both_pass_the_check_digit() -> None:
    swapped = replace(shipped("auditc"), total=Code("75624-7", "AUDIT-C total score"))
    assert loinc.has_check_digit("75624-7")
    assert loinc.faults_of(swapped) == ["75624-7 means 'AUDIT total score', not 'AUDIT-C total score'."]


@pytest.mark.parametrize(
    "code", ["89708-7", "70274-5", "93038-1", "95654-2", "95647-6", "70273-5", "95653-4", "71942-6"]
)
def test_codes_that_public_lists_have_wrong_are_refused(code: str) -> None:
    assert not loinc.has_check_digit(code)
    assert loinc.faults([Code(code, "")]) == [f"{code} fails the check digit."]


def test_a_code_that_exists_and_means_something_else_is_refused() -> None:
    assert loinc.has_check_digit("81344-4")
    assert loinc.faults([Code("81344-4", "Safety plan")]) == ["81344-4 is not in the table."]


@pytest.mark.parametrize("code", ["", "44261", "44261-66", "x44261-6", "44261-6 ", "LA137-2"])
def test_what_is_no_code_has_no_check_digit(code: str) -> None:
    assert not loinc.has_check_digit(code)


def test_one_wrong_digit_anywhere_in_a_code_is_found() -> None:
    for place in range(len("44261-6")):
        for digit in "0123456789":
            changed = "44261-6"[:place] + digit + "44261-6"[place + 1 :]
            if re.fullmatch(r"\d{5}-\d", changed) and changed != "44261-6":
                assert not loinc.has_check_digit(changed)


def test_an_unverified_code_is_exported_as_words_without_a_coding() -> None:
    assert loinc.coding("70272-0") is None
    assert loinc.coding("12345-6") is None
    verified = loinc.coding("44261-6")
    assert verified == loinc.Coding("http://loinc.org", "44261-6", "PHQ-9 total score")
