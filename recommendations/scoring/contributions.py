"""What each day adds to the level: computed when someone asks, exact, never stored per row."""

from dataclasses import dataclass

import numpy as np

from recommendations.scoring.local_level import model_of
from recommendations.scoring.release import Release
from recommendations.scoring.series import FloatArray, by_day, checked


@dataclass(frozen=True, slots=True)
class Contributions:
    """What each day adds, patients x days x signals.

    `weights` are 0 on missing days, else above 0, and add up to 1 for each series that has data.
    `amounts` are in points and add up to the level less the reference that was given, within 1e-9.
    """

    weights: FloatArray
    amounts: FloatArray


def contributions(
    values: FloatArray, *, release: Release, reference: FloatArray | None = None
) -> Contributions:
    """Take the level of the last day apart into the days that made it.

    values is patients x days x signals. `reference` (patients x signals, points; 0 if absent) is what the
    level is compared with: with the middle of the usual range, the amounts say which days pulled the level
    away from it. There is no prior term: the level is a weighted mean of the person's own days. All weights
    are 0 where a series has no data.
    """
    array = by_day(checked(values, release=release))
    weights = _weights(~np.isnan(array), model_of(release).drift)
    against = 0.0 if reference is None else reference.T[None]
    amounts = np.where(weights > 0.0, weights * (array - against), 0.0)
    return Contributions(weights=weights.transpose(2, 0, 1), amounts=amounts.transpose(2, 0, 1))


def _weights(seen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], drift: FloatArray) -> FloatArray:
    """Forward for the share that each day takes of the level, backward for what later days leave of it.

    The shares depend on which days have data, not on the values.
    """
    gains = np.zeros(seen.shape)
    spread = np.zeros(seen.shape[1:])
    started = np.zeros(seen.shape[1:], dtype=np.bool_)
    for day, present in enumerate(seen):
        spread = spread + drift
        gains[day] = np.where(present, np.where(started, spread / (spread + 1.0), 1.0), 0.0)
        spread = np.where(present, gains[day], spread)
        started = started | present
    left = np.cumprod((1.0 - gains)[::-1], axis=0)[::-1]
    weights = gains.copy()
    weights[:-1] *= left[1:]
    return weights
