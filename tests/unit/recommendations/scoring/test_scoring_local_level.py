"""The filter against plain Python, against a direct solution, and against what must hold for any series."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.scoring.mood import MOOD
from tests.unit.recommendations.scoring.chunks import (
    Chunk,
    all_parts,
    check_any_chunk,
    check_causal,
    chunks,
    levels,
    same,
    synthetic,
)
from tests.unit.recommendations.scoring.plain import TWO_SIGNALS, plain_days

SHIFT = 2.5


@given(chunks())
@settings(deadline=None)
def test_any_chunk_agrees_with_a_plain_filter(values: Chunk) -> None:
    expected = [[astuple(day) for day in plain_days(series, MOOD)] for series in values[:, :, 0].tolist()]
    np.testing.assert_allclose(all_parts(values)[:, :, 0], expected, rtol=0, atol=1e-9)


def test_two_signals_are_each_filtered_with_their_own_numbers() -> None:
    values = synthetic(5, 60, seed=1, signals=2)
    found = np.stack(list(levels(values, TWO_SIGNALS).values()), axis=-1)
    for number, signal in enumerate(TWO_SIGNALS.signals):
        expected = [
            [astuple(day) for day in plain_days(row, signal)] for row in values[:, :, number].tolist()
        ]
        np.testing.assert_allclose(found[:, :, number], expected, rtol=0, atol=1e-9)


def test_the_level_is_the_best_linear_estimate_of_a_drifting_level() -> None:
    series = synthetic(1, 50, seed=2)[0, :, 0]
    seen = np.flatnonzero(~np.isnan(series))
    steps = np.minimum.outer(seen, seen) * MOOD.drift
    covariance = steps + np.eye(seen.size) + 1e9  # a start that nothing is known about
    with_last = np.minimum(seen, series.size - 1) * MOOD.drift + 1e9
    best = with_last @ np.linalg.solve(covariance, series[seen])
    assert levels(series[None, :, None])["level"][0, -1, 0] == pytest.approx(best, abs=1e-5)


def test_no_data_gives_no_level() -> None:
    assert all(np.isnan(part).all() for part in levels(np.full((2, 30, 1), np.nan)).values())


@given(st.integers(0, 20), st.integers(2, 60))
def test_a_constant_series_has_its_own_value_as_level(half_points: int, days: int) -> None:
    value = half_points / 2
    found = levels(np.full((1, days, 1), value))
    assert same(found["level"], np.full((1, days, 1), value))
    assert (found["next_low"] <= value).all()
    assert (found["next_high"] >= value).all()


@given(chunks())
@settings(deadline=None)
def test_everything_shifts_with_the_values(values: Chunk) -> None:
    inner = 2.0 + values * 0.4  # 2 to 6, so that no range is cut at an end of the scale
    here, there = levels(inner), levels(inner + SHIFT)
    np.testing.assert_allclose(there["level"], here["level"] + SHIFT, atol=1e-9)
    cut = (there["next_high"] >= 10.0) | (here["next_low"] <= 0.0)
    for part in ("next_low", "next_high", "low", "high"):
        np.testing.assert_allclose(there[part][~cut], here[part][~cut] + SHIFT, atol=1e-6)


@given(chunks(max_patients=6), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_patients_changes_nothing(values: Chunk, random: object) -> None:
    order = list(range(values.shape[0]))
    random.shuffle(order)  # type: ignore[attr-defined]
    for part, found in levels(values).items():
        assert same(found[order], levels(values[order])[part])


def test_a_patient_alone_comes_out_as_in_a_chunk_of_131_to_the_last_bit() -> None:
    check_any_chunk(all_parts, synthetic(131, 40, seed=3))


def test_a_level_that_borrows_from_the_chunk_is_caught() -> None:
    def shrunk(values: Chunk) -> Chunk:
        found = levels(values)["level"]
        return found + 1e-12 * np.nanmean(found)

    with pytest.raises(AssertionError, match="changed with the chunk"):
        check_any_chunk(shrunk, synthetic(3, 30, seed=4))


@given(chunks(), st.data())
@settings(deadline=None)
def test_no_day_knows_its_future(values: Chunk, data: st.DataObject) -> None:
    day = data.draw(st.integers(0, values.shape[1] - 1))
    check_causal(all_parts, values, day)


def test_a_smoothed_level_is_caught_as_knowing_its_future() -> None:
    def smoothed(values: Chunk) -> Chunk:
        backwards = levels(values[:, ::-1])["level"][:, ::-1]
        return (levels(values)["level"] + backwards) / 2

    with pytest.raises(AssertionError, match="changed with its future"):
        check_causal(smoothed, synthetic(3, 30, seed=5), 15)


def test_the_ranges_widen_with_every_missing_day() -> None:
    values = np.full((1, 40, 1), np.nan)
    values[0, :20, 0] = np.array([5.0, 6.0] * 10)
    found = levels(values)
    for low, high in (("low", "high"), ("next_low", "next_high")):
        width = (found[high] - found[low])[0, 19:, 0]
        assert (np.diff(width) > 0).all()
    assert same(found["level"][0, 19:], np.full((21, 1), found["level"][0, 19, 0]))


def test_about_8_days_in_10_fall_inside_the_range_foretold_for_them() -> None:
    values = synthetic(300, 120, seed=6)
    found = levels(values)
    comes = values[:, 31:]
    inside = (found["next_low"][:, 30:-1] <= comes) & (comes <= found["next_high"][:, 30:-1])
    per_person = (inside.sum(axis=(1, 2)) / (~np.isnan(comes)).sum(axis=(1, 2))).tolist()
    assert 0.78 < np.mean(per_person) < 0.82
    assert np.quantile(per_person, 0.05) > 0.7
