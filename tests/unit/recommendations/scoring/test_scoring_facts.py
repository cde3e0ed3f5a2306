"""What changed, counted: each fact by hand on one story, and all of them once more in plain Python."""

from itertools import pairwise
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings

from recommendations.scoring.facts import Facts
from recommendations.scoring.mood import MOOD_1
from tests.unit.recommendations.scoring.chunks import Chunk, check_any_chunk, chunks, latest

FIELDS = tuple(Facts.__dataclass_fields__)


def facts_of(days: list[float]) -> dict[str, float]:
    found = latest(np.array(days, dtype=np.float64)[None, :, None]).facts
    return {field: float(getattr(found, field)[0, 0]) for field in FIELDS}


def test_the_facts_of_a_fall_are_counted() -> None:
    settled = [5.0, 6.0, 7.0, 6.0] * 8
    recent = [6.0, 6.0, nan, nan, nan, nan, 6.0, 3.0, 8.0, 4.0, nan, 3.0, 2.0, 3.0]
    assert facts_of([*settled, *recent]) == {
        "recent_days": 9,
        "recent_lowest": 2.0,
        "recent_highest": 8.0,
        "recent_mean": pytest.approx(41 / 9),
        "usual_low": 5.0,
        "usual_middle": 6.0,
        "usual_high": 7.0,
        "below_usual": 5,
        "above_usual": 1,
        "run_below": 4,
        "run_above": 0,
        "days_since_data": 0,
        "longest_gap": 4,
        "swing_recent": pytest.approx((0 + 3 + 5 + 4 + 1 + 1) / 6),
        "swing_usual": 1.0,
    }


def test_a_gap_of_more_than_3_days_ends_a_run_and_a_shorter_one_does_not() -> None:
    settled = [5.0, 6.0, 7.0, 6.0] * 8
    assert facts_of([*settled, 2.0, 2.0, nan, nan, nan, 2.0])["run_below"] == 3
    assert facts_of([*settled, 2.0, 2.0, nan, nan, nan, nan, 2.0])["run_below"] == 1
    assert facts_of([*settled, 2.0, 2.0, nan, nan, nan, nan])["run_below"] == 0


def test_without_a_usual_range_nothing_is_called_below_it() -> None:
    found = facts_of([2.0] * 10)
    assert all(isnan(found[field]) for field in ("below_usual", "above_usual", "run_below", "run_above"))
    assert found["recent_days"] == 10


def test_few_neighbouring_days_give_no_swing() -> None:
    assert isnan(facts_of([5.0, 6.0, 5.0, 6.0, 5.0])["swing_recent"])
    assert facts_of([5.0, 6.0, 5.0, 6.0, 5.0, 6.0])["swing_recent"] == 1.0


def test_no_data_gives_no_facts() -> None:
    found = facts_of([nan] * 40)
    assert (found["recent_days"], found["days_since_data"], found["longest_gap"]) == (0, -1, 0)
    assert isnan(found["recent_mean"])
    assert isnan(found["swing_usual"])


def test_a_gap_that_began_before_the_window_of_28_days_counts_from_its_edge() -> None:
    assert facts_of([6.0, *[nan] * 40])["longest_gap"] == 28
    assert facts_of([6.0, *[nan] * 30, *[6.0] * 20])["longest_gap"] == 8


@given(chunks(max_patients=2, max_days=60))
@settings(deadline=None, max_examples=60)
def test_any_facts_agree_with_plain_counting(values: Chunk) -> None:
    for series in values[:, :, 0].tolist():
        found = facts_of(series)
        recent = [value for value in series[-14:] if not isnan(value)]
        assert found["recent_days"] == len(recent)
        low, high = found["usual_low"], found["usual_high"]
        if not isnan(low):
            assert found["below_usual"] == sum(value < low for value in recent)
            assert found["run_above"] == plain_run(series, high)
        changes = [abs(b - a) for a, b in pairwise(series[-14:]) if not isnan(b - a)]
        expected = sum(changes) / len(changes) if len(changes) >= 5 else nan
        assert found["swing_recent"] == pytest.approx(expected, nan_ok=True)


def plain_run(series: list[float], high: float) -> int:
    """From the last day backwards: days above the usual range until one that is not, or four silent days."""
    run = silent = 0
    for value in reversed(series):
        silent = silent + 1 if isnan(value) else 0
        if silent > MOOD_1.rules.gap_days or value <= high:
            break
        run += value > high
    return run


def test_a_patient_alone_has_the_same_facts_to_the_last_bit() -> None:
    rng = np.random.default_rng(13)
    values = np.where(rng.random((40, 130, 1)) < 0.3, np.nan, rng.random((40, 130, 1)) * 10)

    def side_by_side(some: Chunk) -> Chunk:
        found = latest(some).facts
        return np.stack([getattr(found, field).astype(np.float64) for field in FIELDS], axis=-1)

    check_any_chunk(side_by_side, values)
