"""The forecast against a direct solution, against faults planted in it, and against what must hold for any series."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommendations.scoring.forecast import Forecast, forecast
from recommendations.scoring.forecast_release import FORECAST_1, ForecastRelease

Values = NDArray[np.float64]
Forecaster = Callable[[Values], Forecast]
WIDE_OPEN = replace(FORECAST_1, scale_low=-1e9, scale_high=1e9)
"""Without the ends of the scale, at which every property below bends."""


def free(values: Values) -> Forecast:
    return forecast(values, release=WIDE_OPEN)


@st.composite
def series(draw: st.DrawFn) -> Values:
    """One person's weeks, dense enough for a forecast: whole points, some days missing, the last one there."""
    days = draw(st.integers(20, 70))
    values = np.array(draw(st.lists(st.integers(0, 10), min_size=days, max_size=days)), dtype=np.float64)
    missing = draw(st.sets(st.integers(0, days - 2), max_size=days // 6))
    values[sorted(missing)] = np.nan
    assume(not forecast(values[None]).held_back[0])
    return values[None]


def direct(values: Values, release: ForecastRelease) -> Values:
    """The best linear guess of the next days, from the whole covariance at once instead of day by day."""
    row = values[0][-release.window_days :]
    seen = np.flatnonzero(~np.isnan(row))
    coming = np.arange(row.size, row.size + release.days_ahead)

    def between(first: NDArray[np.int64], second: NDArray[np.int64]) -> Values:
        apart = np.abs(np.subtract.outer(first, second))
        drifted = np.minimum.outer(first, second) * release.drift + 1e9  # a start of which nothing is known
        together: Values = drifted + release.sway * release.memory**apart
        return together

    known = between(seen, seen) + np.eye(seen.size)
    guess: Values = between(coming, seen) @ np.linalg.solve(known, row[seen])
    return guess


@given(series())
@settings(deadline=None)
def test_the_middle_is_the_best_linear_guess(values: Values) -> None:
    np.testing.assert_allclose(free(values).middle[0], direct(values, WIDE_OPEN), rtol=0, atol=1e-3)


def check_shift(of: Forecaster, values: Values) -> None:
    """Everything moved by two points moves the forecast by two points and leaves its width."""
    here, moved = of(values), of(values + 2.0)
    np.testing.assert_allclose(moved.middle, here.middle + 2.0, atol=1e-9)
    np.testing.assert_allclose(moved.high - moved.low, here.high - here.low, atol=1e-9)


def check_scale(of: Forecaster, values: Values) -> None:
    """On a scale three times as fine the middle is three times as far from its zero."""
    np.testing.assert_allclose(of(values * 3.0).middle, of(values).middle * 3.0, atol=1e-9)


def check_widens(of: Forecaster, values: Values) -> None:
    """The further ahead, the wider, and 9 times in 10 holds 8 times in 10."""
    found = of(values)
    assert (np.diff(found.high - found.low, axis=1) > 0).all()
    assert (np.diff(found.highest - found.lowest, axis=1) > 0).all()
    assert ((found.lowest <= found.low) & (found.high <= found.highest)).all()


def check_bends_back(of: Forecaster, values: Values) -> None:
    """Each day ahead lies nearer to the next one than the day before did: nothing runs on."""
    steps = np.abs(np.diff(of(values).middle, axis=1))
    assert (np.diff(steps, axis=1) <= 1e-12).all()


@given(series())
@settings(deadline=None)
def test_it_shifts_scales_widens_and_bends_back(values: Values) -> None:
    for check in (check_shift, check_scale, check_widens, check_bends_back):
        check(free, values)


def running_on(values: Values) -> Forecast:
    """A planted fault: the last week's slope is carried on."""
    found, slope = free(values), (np.nanmean(values[:, -3:]) - np.nanmean(values[:, -7:-4])) / 4
    return replace(found, middle=found.middle + slope * np.arange(1, 8) ** 1.5)


def narrowing(values: Values) -> Forecast:
    """A planted fault: the range closes towards the end."""
    found = free(values)
    shrink = np.linspace(1.0, 0.5, 7)
    return replace(
        found,
        low=found.middle + (found.low - found.middle) * shrink,
        high=found.middle + (found.high - found.middle) * shrink,
    )


def towards_everybody(values: Values) -> Forecast:
    """A planted fault: a mean of other people is mixed in."""
    found = free(values)
    return replace(found, middle=0.9 * found.middle + 0.1 * 6.0)


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (running_on, check_bends_back),
        (narrowing, check_widens),
        (towards_everybody, check_shift),
        (towards_everybody, check_scale),
    ],
)
def test_planted_faults_are_found(fault: Forecaster, check: Callable[[Forecaster, Values], None]) -> None:
    falling = np.linspace(8.0, 2.0, 30)[None]
    with pytest.raises(AssertionError):
        check(fault, falling)


@given(series(), st.integers(1, 30))
@settings(deadline=None)
def test_empty_days_before_the_first_and_other_people_change_nothing(values: Values, empty: int) -> None:
    alone = forecast(values)
    padded = np.concatenate([np.full((1, empty), np.nan), values], axis=1)
    crowd = np.concatenate([padded, padded[:, ::-1], np.full_like(padded, 5.0)])
    assert (forecast(padded).middle == alone.middle).all()
    assert (forecast(crowd).high[0] == alone.high[0]).all()


@given(series(), st.integers(1, 3))
@settings(deadline=None)
def test_a_silence_makes_it_less_certain(values: Values, silent: int) -> None:
    later = free(np.concatenate([values, np.full((1, silent), np.nan)], axis=1))
    assume(not later.held_back[0] and values.shape[1] + silent <= WIDE_OPEN.window_days)
    assert (later.high - later.low >= free(values).high - free(values).low).all()


@pytest.mark.parametrize(
    ("days", "silent", "held_back"),
    [(13, 0, True), (14, 0, False), (30, 3, False), (30, 4, True), (0, 9, True)],
)
def test_it_is_held_back_without_fourteen_days_and_after_a_silence(
    days: int, silent: int, held_back: bool
) -> None:
    values = np.concatenate([np.full(days, 6.0), np.full(silent, np.nan)])[None]
    found = forecast(values)
    assert bool(found.held_back[0]) is held_back
    assert np.isnan(found.middle).all() == held_back


def test_it_stays_on_the_scale_and_refuses_what_lies_off_it() -> None:
    found = forecast(np.full((1, 30), 10.0))
    assert found.highest.max() == 10.0
    with pytest.raises(ValueError, match="scale"):
        forecast(np.full((1, 30), 10.5))


def test_only_the_window_counts_so_that_a_longer_look_back_changes_nothing() -> None:
    values = np.round(6 + np.sin(np.arange(200.0)))[None]
    assert (forecast(values).middle == forecast(values[:, -FORECAST_1.window_days :]).middle).all()


def test_any_changed_number_makes_another_digest() -> None:
    assert replace(FORECAST_1, memory=0.71).digest != FORECAST_1.digest
    assert replace(FORECAST_1).digest == FORECAST_1.digest
