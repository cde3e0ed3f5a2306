"""The figures of readings, day by day: level, ranges, usual range and direction, or held back."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommendations.scoring.direction import direction
from recommendations.scoring.evidence import Evidence, HeldBack
from recommendations.scoring.local_level import Estimate, advance, estimate, model_of, start
from recommendations.scoring.release import Release
from recommendations.scoring.series import FloatArray, by_day
from recommendations.scoring.usual import UsualRange, usual_range


@dataclass(frozen=True, slots=True)
class Figures:
    """Points of the signal's scale; patients x signals for one day, patients x days x signals when joined.

    `low` to `high`: where the level lies, 8 times in 10 under the model. `next_low` to `next_high`: where
    the next day's value falls, 8 days in 10. `usual_low` to `usual_high`: 8 in 10 of the person's own usual
    days. Where a day is held back, level and ranges are NaN and `direction` is NOT_SCORED: nothing is
    drawn.
    """

    level: FloatArray
    low: FloatArray
    high: FloatArray
    next_low: FloatArray
    next_high: FloatArray
    usual_low: FloatArray
    usual_middle: FloatArray
    usual_high: FloatArray
    direction: NDArray[np.int8]

    def numbers(self) -> FloatArray:
        """All figures but the direction side by side along a new last axis, in the order of the fields."""
        ranges = (self.level, self.low, self.high, self.next_low, self.next_high)
        return np.stack([*ranges, self.usual_low, self.usual_middle, self.usual_high], axis=-1)


def each_day(
    values: FloatArray, series: FloatArray, known: Evidence, *, columns: range, release: Release
) -> Iterator[tuple[Figures, UsualRange]]:
    """The figures and the usual range on each of `columns`, in order.

    values is patients x days x signals, series the same with the days last, known its evidence.
    """
    model = model_of(release)
    state = start(model, values.shape[0])
    for column, value in enumerate(by_day(values)):
        advance(state, value, model)
        if column in columns:
            usual = usual_range(series[..., : column + 1], release=release)
            held_back = known.held_back[..., column] != HeldBack.NONE
            yield _figures(estimate(state, model), usual, held_back, release), usual


def joined(days: list[Figures]) -> Figures:
    """Figures of single days as one, with a days axis after the patients."""
    return Figures(
        level=np.stack([day.level for day in days], axis=1),
        low=np.stack([day.low for day in days], axis=1),
        high=np.stack([day.high for day in days], axis=1),
        next_low=np.stack([day.next_low for day in days], axis=1),
        next_high=np.stack([day.next_high for day in days], axis=1),
        usual_low=np.stack([day.usual_low for day in days], axis=1),
        usual_middle=np.stack([day.usual_middle for day in days], axis=1),
        usual_high=np.stack([day.usual_high for day in days], axis=1),
        direction=np.stack([day.direction for day in days], axis=1),
    )


def _figures(now: Estimate, usual: UsualRange, held_back: NDArray[np.bool_], release: Release) -> Figures:
    """One day's figures, without what is held back."""
    shown = (now.level, now.low, now.high, now.next_low, now.next_high)
    level, low, high, next_low, next_high = (np.where(held_back, np.nan, part.T) for part in shown)
    return Figures(
        level=level,
        low=low,
        high=high,
        next_low=next_low,
        next_high=next_high,
        usual_low=usual.low,
        usual_middle=usual.middle,
        usual_high=usual.high,
        direction=direction(level=level, low=low, high=high, usual=usual, release=release),
    )
