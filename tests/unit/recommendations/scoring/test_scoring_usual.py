"""The usual range: from the person's own days, not from the last two weeks, honest at few days."""

import numpy as np
import pytest
from hypothesis import given, settings

from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.series import by_series
from recommendations.scoring.usual import UsualRange, usual_range
from tests.unit.recommendations.scoring.chunks import (
    Chunk,
    check_any_chunk,
    check_causal,
    chunks,
    same,
    synthetic,
)

PARTS = ("low", "lower_sixth", "middle", "upper_sixth", "high")


def usual_of(days: list[float]) -> UsualRange:
    return usual_range(np.array([[days]], dtype=np.float64), release=MOOD_1)


def every_part(values: Chunk) -> Chunk:
    """The usual range on every day, patients x days x signals x parts."""
    series = by_series(values)
    days = [usual_range(series[..., : day + 1], release=MOOD_1) for day in range(values.shape[1])]
    return np.stack([np.stack([getattr(day, part) for part in PARTS], axis=-1) for day in days], axis=1)


def holds(low: Chunk, high: Chunk, days: Chunk) -> float:
    """The share of further days that fall inside."""
    return float(((low <= days) & (days <= high)).mean())


def check_holds_8_in_10(share: float) -> None:
    assert 0.78 < share < 0.82, f"the range holds {share:.3f} of the days"


def test_13_days_with_data_give_no_usual_range_and_14_do() -> None:
    assert np.isnan(usual_of([5.0, 6.0] * 6 + [5.0]).middle).all()
    assert usual_of([5.0, 6.0] * 7).middle[0, 0] == 5.5


def test_the_edges_are_the_ranks_of_the_n_plus_1_rule() -> None:
    usual = usual_of([*np.arange(19) / 2, *[9.5] * 14])
    assert usual.low[0, 0] == pytest.approx(0.5)  # the 2nd smallest of 19: a tenth of 20
    assert usual.lower_sixth[0, 0] == pytest.approx((20 / 6 - 1) / 2)
    assert usual.middle[0, 0] == pytest.approx(4.5)
    assert usual.high[0, 0] == pytest.approx(8.5)


def test_the_last_14_days_do_not_move_the_usual_range() -> None:
    settled = [5.0, 6.0, 7.0] * 10
    assert usual_of([*settled, *[1.0] * 14]) == usual_of([*settled, *[6.0] * 14])
    assert usual_of([*settled, *[1.0] * 20]) != usual_of([*settled, *[6.0] * 20])


def test_few_early_days_are_completed_with_the_next_ones_up_to_14() -> None:
    first_fourteen = [5.0, 6.0] * 7
    assert usual_of([*first_fourteen, *[1.0] * 6]) == usual_of(first_fourteen)


def test_days_before_the_window_of_104_are_forgotten() -> None:
    window = [5.0, 6.0] * 52
    assert usual_of([*[1.0] * 30, *window]) == usual_of(window)


def test_someone_who_always_answers_alike_has_half_a_point_to_either_side() -> None:
    usual = usual_of([7.0] * 40)
    assert (usual.low[0, 0], usual.lower_sixth[0, 0], usual.middle[0, 0]) == (6.5, 6.5, 7.0)
    assert (usual.upper_sixth[0, 0], usual.high[0, 0]) == (7.5, 7.5)
    assert usual_of([10.0] * 40).high[0, 0] == 10.0


@given(chunks(max_days=60))
@settings(deadline=None, max_examples=40)
def test_the_edges_stand_in_order_and_know_no_future(values: Chunk) -> None:
    found = every_part(values)
    known = found[~np.isnan(found).any(axis=-1)]
    assert (np.diff(known, axis=-1) >= 0).all()
    check_causal(every_part, values, values.shape[1] // 2)


def test_a_patient_alone_has_the_same_usual_range_to_the_last_bit() -> None:
    check_any_chunk(every_part, synthetic(40, 45, seed=8))


@pytest.mark.parametrize("days", [14, 30, 90])
def test_the_range_holds_8_in_10_further_days_of_a_steady_person(days: int) -> None:
    values = np.random.default_rng(9).gamma(4.0, 0.8, (4000, 1, days + 1)).clip(0, 10)
    # The reference is all but the last 14 days, once these are enough; a short one is completed.
    padding = np.full((4000, 1, 14 if days > 14 else 0), np.nan)
    usual = usual_range(np.concatenate([values[..., :days], padding], axis=-1), release=MOOD_1)
    check_holds_8_in_10(holds(usual.low, usual.high, values[..., days]))


def test_the_usual_percentiles_of_14_days_are_caught_as_too_narrow() -> None:
    values = np.random.default_rng(9).gamma(4.0, 0.8, (4000, 1, 15)).clip(0, 10)
    low, high = np.quantile(values[..., :14], [0.1, 0.9], axis=-1)
    with pytest.raises(AssertionError, match="the range holds"):
        check_holds_8_in_10(holds(low, high, values[..., 14]))


def test_no_data_gives_no_usual_range() -> None:
    assert same(usual_of([np.nan] * 50).low, np.array([[np.nan]]))
