"""The evidence adds up: the days' amounts are the level, exactly, whoever asks and whenever."""

import numpy as np
import pytest
from hypothesis import given, settings

from recommendations.scoring.contributions import contributions
from recommendations.scoring.mood import MOOD, MOOD_1
from recommendations.scoring.release import Release
from tests.unit.recommendations.scoring.chunks import Chunk, chunks, levels, synthetic
from tests.unit.recommendations.scoring.plain import TWO_SIGNALS


def check_adds_up(amounts: Chunk, values: Chunk, release: Release = MOOD_1) -> None:
    """The amounts of each series with data add up to its level within 1e-9."""
    level = levels(values, release)["level"][:, -1]
    known = ~np.isnan(level)
    assert (np.abs(amounts.sum(axis=1) - level)[known] < 1e-9).all(), "the amounts are not the level"


@given(chunks())
@settings(deadline=None)
def test_the_amounts_add_up_to_the_level(values: Chunk) -> None:
    found = contributions(values, release=MOOD_1)
    check_adds_up(found.amounts, values)
    seen = ~np.isnan(values)
    assert ((found.weights > 0) == seen).all()
    np.testing.assert_allclose(found.weights.sum(axis=1)[seen.any(axis=1)], 1.0, atol=1e-12)


def test_two_signals_add_up_each_to_its_own_level() -> None:
    values = synthetic(20, 180, seed=14, signals=2)
    check_adds_up(contributions(values, release=TWO_SIGNALS).amounts, values, TWO_SIGNALS)


def test_weights_that_overlook_the_gaps_are_caught() -> None:
    values = synthetic(20, 60, seed=15, missing=0.4)
    weights = np.zeros_like(values)
    for row in range(20):
        seen = np.flatnonzero(~np.isnan(values[row, :, 0]))
        dense = values[row : row + 1, seen]
        weights[row, seen] = contributions(dense, release=MOOD_1).weights[0]
    with pytest.raises(AssertionError, match="not the level"):
        check_adds_up(np.nan_to_num(weights * values), values)


def test_against_a_reference_the_amounts_say_what_pulled_the_level_away_from_it() -> None:
    values = synthetic(5, 90, seed=16)
    reference = np.full((5, 1), 6.0)
    amounts = contributions(values, release=MOOD_1, reference=reference).amounts
    level = levels(values)["level"][:, -1]
    np.testing.assert_allclose(amounts.sum(axis=1), level - reference, atol=1e-9)
    above = ~np.isnan(values) & (values > 6.0)
    assert (amounts[above] > 0).all()
    assert (amounts[~above] <= 0).all()


def test_a_changed_day_moves_the_level_by_its_weight() -> None:
    values = synthetic(1, 40, seed=17, missing=0.0)
    weights = contributions(values, release=MOOD_1).weights
    for day in (0, 20, 39):
        moved = values.copy()
        moved[0, day, 0] = moved[0, day, 0] - 1.0 if moved[0, day, 0] > 5 else moved[0, day, 0] + 1.0
        change = levels(moved)["level"][0, -1, 0] - levels(values)["level"][0, -1, 0]
        step = moved[0, day, 0] - values[0, day, 0]
        assert change == pytest.approx(weights[0, day, 0] * step, abs=1e-12)


def test_the_latest_of_many_days_weighs_the_drift_s_share() -> None:
    drift = MOOD.drift
    settled = (np.sqrt(drift**2 + 4 * drift) - drift) / 2  # where the spread comes to rest
    weights = contributions(np.full((1, 200, 1), 5.0), release=MOOD_1).weights
    assert weights[0, -1, 0] == pytest.approx(settled, abs=1e-9)


def test_no_data_gives_no_weights() -> None:
    found = contributions(np.full((2, 10, 1), np.nan), release=MOOD_1)
    assert not found.weights.any()
    assert not found.amounts.any()
