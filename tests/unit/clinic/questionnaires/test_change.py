"""Change words: one function, the instrument's threshold, its direction, and nothing from forms that do not count."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.questionnaires.change import Change, NoWord, Point, Statement, stated
from clinic.questionnaires.definition import Definition
from tests.forms import shipped, wellbeing

DAY = dt.date(2026, 9, 1)


def series(definition: Definition, *totals: float | None, validated: bool = True) -> list[Point]:
    return [
        Point(DAY + dt.timedelta(weeks=2 * number), total, validated, definition)
        for number, total in enumerate(totals)
    ]


def said(definition: Definition, *totals: float | None) -> Statement:
    found = stated(series(definition, *totals))
    assert isinstance(found, Statement)
    return found


@pytest.mark.parametrize(
    ("key", "totals", "change", "recovered"),
    [
        ("phq9", (12, 8), Change.NONE, False),
        ("phq9", (15, 9), Change.IMPROVED, True),
        ("phq9", (16, 10), Change.IMPROVED, False),
        ("phq9", (15, 10), Change.NONE, False),
        ("phq9", (9, 3), Change.IMPROVED, False),
        ("phq9", (5, 10), Change.NONE, False),
        ("phq9", (5, 11), Change.WORSE, False),
        ("gad7", (11, 7), Change.IMPROVED, True),
        ("gad7", (10, 7), Change.NONE, False),
        ("gad7", (12, 8), Change.IMPROVED, False),
        ("gad7", (8, 12), Change.WORSE, False),
    ],
)
def test_words_at_every_edge(key: str, totals: tuple[int, int], change: Change, recovered: bool) -> None:
    found = said(shipped(key), *totals)
    assert (found.change, found.recovered) == (change, recovered)


def test_a_rise_is_better_where_higher_is_better() -> None:
    found = said(wellbeing(), 40, 60)
    assert (found.change, found.recovered) == (Change.IMPROVED, True)
    assert said(wellbeing(), 60, 50).change is Change.WORSE


@given(totals=st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_a_rising_scale_of_wellbeing_is_never_called_a_deterioration(totals: list[int]) -> None:
    rising = sorted(totals)
    assert said(wellbeing(), *rising).change is not Change.WORSE


@given(totals=st.lists(st.integers(0, 27), min_size=2, max_size=8))
def test_no_difference_below_the_threshold_is_ever_called_a_change(totals: list[int]) -> None:
    found = said(shipped("phq9"), *totals)
    assert (found.change is Change.NONE) == (abs(totals[0] - totals[-1]) < 6)
    if found.recovered:
        assert found.change is Change.IMPROVED
        assert totals[-1] < 10 <= totals[0]


def test_a_statement_carries_its_baseline_its_number_of_forms_and_whether_a_high_start_may_drift() -> None:
    found = said(shipped("phq9"), 18, None, 14, 9)
    assert (found.baseline_on, found.baseline, found.points, found.left_out) == (DAY, 18, 3, 1)
    assert found.may_drift
    assert not said(shipped("phq9"), 6, 5).may_drift


def test_forms_that_are_not_validated_say_nothing_about_a_change() -> None:
    assert stated(series(shipped("phq9"), 15, 9, validated=False)) is NoWord.TOO_FEW
    mixed = [*series(shipped("phq9"), 15), *series(shipped("phq9"), 15, 9, validated=False)[1:]]
    assert stated(mixed) is NoWord.TOO_FEW


def test_without_a_known_threshold_nothing_is_said() -> None:
    assert stated(series(shipped("phq8"), 20, 2)) is NoWord.NO_THRESHOLD


def test_one_total_is_no_change() -> None:
    assert stated([]) is NoWord.TOO_FEW
    assert stated(series(shipped("phq9"), 15)) is NoWord.TOO_FEW


def test_versions_with_other_questions_are_not_compared() -> None:
    phq = shipped("phq9")
    other = replace(phq, version="2.0", questions=phq.questions[:-1])
    mixed = [*series(phq, 15), *series(other, 3, 9)]
    found = stated(mixed)
    assert isinstance(found, Statement)
    assert (found.change, found.baseline, found.left_out) == (Change.WORSE, 3, 1)


def test_somebody_who_fell_and_rose_again_is_told_as_worse_since_the_best_form() -> None:
    """15 of long ago, 6 in autumn, 15 today: the first and the last say nothing, the rise of nine points does."""
    found = said(shipped("phq9"), 15, 9, 6, 7, 6, 9, 12, 13, 15)
    assert found.change is Change.NONE
    assert found.since_best is not None
    assert (found.since_best.change, found.since_best.total) == (Change.WORSE, 6)
    assert found.since_best.on == DAY + dt.timedelta(weeks=8)
    assert found.since_last is not None
    assert (found.since_last.change, found.since_last.total) == (Change.NONE, 13)
    assert found.is_worse
    assert not found.may_drift


def test_totals_that_did_not_go_down_are_never_said_to_drift_down() -> None:
    assert not said(shipped("phq9"), 15, 15).may_drift
    assert not said(shipped("phq9"), 15, 20).may_drift
    assert said(shipped("phq9"), 15, 12).may_drift
    assert not said(wellbeing(), 30, 20).may_drift


@given(totals=st.lists(st.integers(0, 27), min_size=2, max_size=8))
def test_a_reliable_rise_since_any_form_is_never_left_unsaid(totals: list[int]) -> None:
    assert said(shipped("phq9"), *totals).is_worse == (totals[-1] - min(totals) >= 6)
