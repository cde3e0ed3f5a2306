"""The next seven days of one signal: a level that drifts, a mood of the days that fades, and noise. Never a trend.

A daily value is level + passing mood + noise. The level is a random walk, the passing mood is AR(1): tomorrow it keeps
`memory` of itself. The forecast of day h is level + memory^h x passing mood, so it bends back towards the level and
never runs on. Its range widens with h and adapts to the person's own misses, as a reading's does.

Held back without 14 days with data in the last 56, without 5 in the last 14, and after more than 3 days of silence.
Only element-wise arithmetic: the result for a person does not depend, to the last bit, on who else is in the chunk.

Where the numbers come from and what they are worth: `python -m bench.evaluate_forecast`, ADR 17.
"""

from dataclasses import dataclass

import numpy as np

from recommendations.scoring.evidence import HeldBack, evidence
from recommendations.scoring.forecast_release import FORECAST_1, ForecastRelease
from recommendations.scoring.series import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Forecast:
    """Patients x days ahead, in points; NaN where held back. `low` and `high` hold the value 8 times in 10, `lowest`
    and `highest` 9 times in 10. `held_back` marks the patients for whom there is no forecast."""

    middle: FloatArray
    low: FloatArray
    high: FloatArray
    lowest: FloatArray
    highest: FloatArray
    held_back: BoolArray


@dataclass(slots=True)
class State:
    """What the filter knows at the end of a day: `level` and `passing`, their variances and covariance in units of the
    noise, the noise as the mean of `surprise` over `weight` days, the two widths, and who has had data at all."""

    level: FloatArray
    passing: FloatArray
    level_spread: FloatArray
    passing_spread: FloatArray
    shared_spread: FloatArray
    surprise: FloatArray
    weight: FloatArray
    widths: tuple[FloatArray, FloatArray]
    started: BoolArray


def forecast(values: FloatArray, *, release: ForecastRelease = FORECAST_1) -> Forecast:
    """Forecast the days after the last column of values (patients x days, NaN where nothing came).

    Only the last `window_days` columns count, so the answer does not depend on how far back somebody looks. Raises
    ValueError for a value off the scale.
    """
    window = np.asarray(values, dtype=np.float64)[:, -release.window_days :]
    if bool(((window < release.scale_low) | (window > release.scale_high)).any()):
        raise ValueError("a value lies off the scale")
    state = start(window.shape[0], release)
    for value in window.T:
        advance(state, value, release)
    return ahead(state, release, held_back=_held_back(window, release))


def start(patients: int, release: ForecastRelease) -> State:
    """The state before the first day: nothing known but the release's assumption about the noise."""

    def same(number: float) -> FloatArray:
        return np.full(patients, number)

    return State(
        level=same(0.0),
        passing=same(0.0),
        level_spread=same(0.0),
        passing_spread=same(0.0),
        shared_spread=same(0.0),
        surprise=same(release.noise_variance * release.noise_days),
        weight=same(release.noise_days),
        widths=(same(release.widths[0]), same(release.widths[1])),
        started=np.zeros(patients, dtype=np.bool_),
    )


def advance(state: State, value: FloatArray, release: ForecastRelease) -> None:
    """Take one day into the state, in place. The first day with data starts the level: no prior level enters."""
    _pass_a_night(state, release)
    seen = ~np.isnan(value)
    learns, begins = seen & state.started, seen & ~state.started
    spread = state.level_spread + state.passing_spread + 2.0 * state.shared_spread + 1.0
    error = np.where(learns, value - state.level - state.passing, 0.0)
    _learn(state, error * error / spread, learns, release)
    level_gain = np.where(learns, (state.level_spread + state.shared_spread) / spread, 0.0)
    passing_gain = np.where(learns, (state.passing_spread + state.shared_spread) / spread, 0.0)
    state.level = np.where(begins, value, state.level + level_gain * error)
    state.passing = state.passing + passing_gain * error
    state.level_spread = np.where(
        begins, 1.0 + release.sway, state.level_spread - level_gain * level_gain * spread
    )
    state.passing_spread = np.where(
        begins, release.sway, state.passing_spread - passing_gain * passing_gain * spread
    )
    state.shared_spread = np.where(
        begins, -release.sway, state.shared_spread - level_gain * passing_gain * spread
    )
    state.started = state.started | seen


def ahead(state: State, release: ForecastRelease, *, held_back: BoolArray) -> Forecast:
    """Where the state's next days lie, each day's range wider than the one before, cut at the ends of the scale."""
    days = np.arange(1, release.days_ahead + 1)
    fades = np.array([release.memory**day for day in days.tolist()])
    middle = state.level[:, None] + fades * state.passing[:, None]
    spread = (
        state.level_spread[:, None]
        + days * release.drift
        + fades * fades * state.passing_spread[:, None]
        + 2.0 * fades * state.shared_spread[:, None]
        + release.sway * (1.0 - fades * fades)
        + 1.0
    )
    half = np.sqrt(_noise(state, release)[:, None] * spread)
    narrow, wide = (width[:, None] * half for width in state.widths)

    def shown(part: FloatArray) -> FloatArray:
        cut: FloatArray = np.clip(part, release.scale_low, release.scale_high)
        return np.where(held_back[:, None], np.nan, cut)

    return Forecast(
        middle=shown(middle),
        low=shown(middle - narrow),
        high=shown(middle + narrow),
        lowest=shown(middle - wide),
        highest=shown(middle + wide),
        held_back=held_back,
    )


def _pass_a_night(state: State, release: ForecastRelease) -> None:
    state.level_spread = state.level_spread + release.drift
    state.passing = release.memory * state.passing
    memory = release.memory * release.memory
    state.passing_spread = memory * state.passing_spread + release.sway * (1.0 - memory)
    state.shared_spread = release.memory * state.shared_spread


def _learn(state: State, square: FloatArray, learns: BoolArray, release: ForecastRelease) -> None:
    noise, counts = _noise(state, release), learns.astype(np.float64)
    first, second = (
        np.maximum(
            width + ((square > width * width * noise) - (1.0 - coverage)) * release.width_step * counts,
            release.width_floor,
        )
        for width, coverage in zip(state.widths, release.coverages, strict=True)
    )
    state.widths = (first, np.maximum(second, first))
    state.surprise = state.surprise + square
    state.weight = state.weight + counts


def _noise(state: State, release: ForecastRelease) -> FloatArray:
    noise: FloatArray = np.maximum(state.surprise / state.weight, release.least_noise)
    return noise


def _held_back(window: FloatArray, release: ForecastRelease) -> BoolArray:
    """Who has too little data, or has been silent for too long: as a reading is held back, and 14 days in all."""
    known = evidence(window, rules=release.rules)
    few = np.sum(~np.isnan(window), axis=-1) < release.rules.usual_days
    held: BoolArray = (known.held_back[..., -1] != HeldBack.NONE) | few
    return held
