"""The local level model: a level that drifts from day to day, and daily values that scatter around it.

A Kalman filter for the whole chunk at once, one day after the other, forward only: a day's level uses that
day and earlier ones. Two choices keep it the person's own:

* No prior level. The first day with data starts the level, so no average of other people enters it, every
  level is a weighted mean of the person's own days (weights above 0 that add up to 1), and a person who
  lives at 4 is not pulled towards 6.
* The width of the ranges is learned from the person's own surprises. Other people's data only say what to
  assume in the first days (`noise_variance` counted as `noise_days` days).

Only element-wise sums, products, quotients and roots are used, which IEEE 754 rounds in one way: the result
for a patient does not depend, to the last bit, on who else is in the chunk.
"""

from dataclasses import dataclass

import numpy as np

from recommendations.scoring.release import Release
from recommendations.scoring.series import FloatArray


@dataclass(frozen=True, slots=True)
class Model:
    """The release's numbers as columns (signals x 1), ready to be spread over the patients.

    A day outside the foretold range widens the next ones by `width_step - width_rest`, a day inside narrows
    them by `width_rest`.
    """

    drift: FloatArray
    noise_sum: FloatArray
    noise_days: FloatArray
    width_start: FloatArray
    width_step: FloatArray
    width_rest: FloatArray
    width_floor: FloatArray
    least_noise: FloatArray
    scale_low: FloatArray
    scale_high: FloatArray


@dataclass(slots=True)
class State:
    """What the filter knows at the end of a day; every array is signals x patients.

    `spread` is the variance of the level in units of the noise, infinite before the first day with data.
    `surprise` is the assumed and observed sum of squared surprises and `weight` the days that it stands for;
    `noise`, their quotient, is the variance of one day's value around the level, in points squared. `width`
    is in standard deviations.
    """

    level: FloatArray
    spread: FloatArray
    surprise: FloatArray
    weight: FloatArray
    noise: FloatArray
    width: FloatArray


def model_of(release: Release) -> Model:
    """Spread the parameters of the release's signals into columns."""

    def column(*numbers: float) -> FloatArray:
        return np.array(numbers, dtype=np.float64).reshape(-1, 1)

    signals = release.signals
    return Model(
        drift=column(*(signal.drift for signal in signals)),
        noise_sum=column(*(signal.noise_variance * signal.noise_days for signal in signals)),
        noise_days=column(*(signal.noise_days for signal in signals)),
        width_start=column(*(signal.width_start for signal in signals)),
        width_step=column(*(signal.width_step for signal in signals)),
        width_rest=column(*(signal.width_step * (1.0 - signal.coverage) for signal in signals)),
        width_floor=column(*(signal.width_floor for signal in signals)),
        least_noise=column(*(signal.least_noise for signal in signals)),
        scale_low=column(*(signal.scale_low for signal in signals)),
        scale_high=column(*(signal.scale_high for signal in signals)),
    )


def start(model: Model, patients: int) -> State:
    """The state before the first day: nothing known, the release's assumptions about the noise."""
    shape = (model.drift.shape[0], patients)
    noise = np.maximum(model.noise_sum / model.noise_days, model.least_noise)
    return State(
        level=np.zeros(shape),
        spread=np.full(shape, np.inf),
        surprise=np.broadcast_to(model.noise_sum, shape).copy(),
        weight=np.broadcast_to(model.noise_days, shape).copy(),
        noise=np.broadcast_to(noise, shape).copy(),
        width=np.broadcast_to(model.width_start, shape).copy(),
    )


def advance(state: State, value: FloatArray, model: Model) -> None:
    """Take one day into the state, in place. `value` is signals x patients, NaN where nothing came.

    On a missing day the error is set to 0, so that level and surprise stay as they are. On the first day with
    data the infinite spread makes the gain exactly 1 and the surprise exactly 0: the level starts there.
    """
    seen = ~np.isnan(value)
    learns = (seen & (state.spread < np.inf)).astype(np.float64)
    state.spread += model.drift
    precision = 1.0 / (state.spread + 1.0)
    gain = 1.0 - precision
    error = np.where(seen, value - state.level, 0.0)
    square = error * error
    square *= precision
    # Outside the range that was foretold: |error| > width * sqrt(noise * (spread + 1)).
    outside = square > state.width * state.width * state.noise
    state.width += (outside * model.width_step - model.width_rest) * learns
    np.maximum(state.width, model.width_floor, out=state.width)
    state.surprise += square
    state.weight += learns
    np.divide(state.surprise, state.weight, out=state.noise)
    np.maximum(state.noise, model.least_noise, out=state.noise)
    error *= gain
    state.level += error
    state.spread = np.where(seen, gain, state.spread)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Level and ranges in points; NaN before a series' first day with data. Arrays are signals x patients.

    `low` to `high` is where the level itself lies, 8 times in 10 (the release's `coverage`) under the model.
    `next_low` to `next_high` is where the next day's value falls, 8 days in 10: the statement that can be
    checked against what comes, and is.
    """

    level: FloatArray
    low: FloatArray
    high: FloatArray
    next_low: FloatArray
    next_high: FloatArray


def estimate(state: State, model: Model) -> Estimate:
    """Level and ranges at the state's day, cut at the ends of the scale (no value can fall beyond them)."""
    level = np.where(state.spread < np.inf, state.level, np.nan)
    half = state.width * np.sqrt(state.noise * state.spread)
    next_half = state.width * np.sqrt(state.noise * (state.spread + (model.drift + 1.0)))
    return Estimate(
        level=level,
        low=np.maximum(level - half, model.scale_low),
        high=np.minimum(level + half, model.scale_high),
        next_low=np.maximum(level - next_half, model.scale_low),
        next_high=np.minimum(level + next_half, model.scale_high),
    )
