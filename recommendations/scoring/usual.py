"""A person's own usual range: where 8 in 10 of their ordinary days fall. Nobody is compared with others.

The reference is the person's own daily values in the 90 days before the last 14, so that a change under way
does not become its own yardstick; while those hold fewer than 14 days with data, the next days complete
them. Below 14 days in all there is no usual range (NaN).

The edges are the lowest and the highest tenth of the reference by the (n + 1) rule (Weibull's plotting
position): between the j-th and k-th smallest of n values the next one falls with chance (k - j) / (n + 1)
whatever the shape of the distribution, so the range is honest at 14 days as at 90. All edges are at least
half a point from the median: an eleven-point scale tells no finer.
"""

from dataclasses import dataclass

import numpy as np

from recommendations.scoring.release import DayRules, Release
from recommendations.scoring.series import FloatArray

SHARES = (1 / 10, 1 / 6, 1 / 2, 5 / 6, 9 / 10)


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Patients x signals, in points; NaN where fewer than 14 days with data are known.

    `low` to `high` holds 8 usual days in 10; 5 usual days in 6 lie above `lower_sixth`, 5 in 6 below
    `upper_sixth`.
    """

    low: FloatArray
    lower_sixth: FloatArray
    middle: FloatArray
    upper_sixth: FloatArray
    high: FloatArray


def reference(window: FloatArray, *, release: Release) -> FloatArray:
    """Keep the reference days and put NaN elsewhere; … x days, the last column is the day of the reading."""
    rules = release.rules
    window = window[..., -rules.window_days :]
    seen = ~np.isnan(window)
    keep = np.cumsum(seen, axis=-1) <= rules.usual_days
    keep[..., : max(0, window.shape[-1] - rules.recent_days)] = True
    return np.where(keep, window, np.nan)


def usual_range(series: FloatArray, *, release: Release) -> UsualRange:
    """The usual range at the last day of series (patients x signals x days)."""
    ordered = np.sort(reference(series, release=release), axis=-1)  # NaN sorts to the end
    count = np.sum(~np.isnan(ordered), axis=-1)
    enough = count >= release.rules.usual_days
    low, lower, middle, upper, high = (
        np.where(enough, _point(ordered, count, share), np.nan) for share in SHARES
    )
    least = np.array([signal.least_half_range for signal in release.signals])
    scale_low = np.array([signal.scale_low for signal in release.signals])
    scale_high = np.array([signal.scale_high for signal in release.signals])
    return UsualRange(
        low=np.maximum(np.minimum(low, middle - least), scale_low),
        lower_sixth=np.maximum(np.minimum(lower, middle - least), scale_low),
        middle=middle,
        upper_sixth=np.minimum(np.maximum(upper, middle + least), scale_high),
        high=np.minimum(np.maximum(high, middle + least), scale_high),
    )


def _point(
    ordered: FloatArray, count: np.ndarray[tuple[int, ...], np.dtype[np.int64]], share: float
) -> FloatArray:
    """The value at rank share * (count + 1), in between two neighbours by a straight line."""
    rank = np.clip(share * (count + 1), 1, np.maximum(count, 1)) - 1.0
    below = np.floor(rank).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    first = np.take_along_axis(ordered, below[..., None], axis=-1)[..., 0]
    second = np.take_along_axis(ordered, above[..., None], axis=-1)[..., 0]
    value: FloatArray = first + (rank - below) * (second - first)
    return value


def own_range(days: FloatArray, *, rules: DayRules) -> tuple[float, float] | None:
    """Where 8 in 10 of one person's ordinary days of any signal fall, by the same rule; None below 14 days.

    days: one value a day up to today, NaN where nothing came, of at least the rules' window.
    """
    release = Release(name="usual", version="", signals=(), rules=rules)
    ordered = np.sort(reference(days, release=release))
    count = np.sum(~np.isnan(ordered), axis=-1)
    if count < rules.usual_days:
        return None
    low, high = (float(_point(ordered, np.asarray(count), share)) for share in (SHARES[0], SHARES[-1]))
    return low, high
