"""The model once more, one person and one day at a time in plain Python: what the arrays are checked against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isnan, nan, sqrt

from recommendations.scoring.mood import MOOD, MOOD_1
from recommendations.scoring.release import Release, SignalParameters

STRAIN = replace(
    MOOD, name="strain", scale_high=100.0, higher_is_better=False, drift=0.3, noise_variance=60.0
)
TWO_SIGNALS = Release(name="two", version="1", signals=(MOOD, STRAIN), rules=MOOD_1.rules)


@dataclass(frozen=True)
class PlainDay:
    level: float = nan
    low: float = nan
    high: float = nan
    next_low: float = nan
    next_high: float = nan


def plain_days(values: Sequence[float], signal: SignalParameters) -> list[PlainDay]:
    """A textbook Kalman filter with variances in points squared, restarted for every new idea of the noise.

    The noise variance cancels out of the level, so that the filter may run with any: here it runs with 1 and the
    variances are multiplied afterwards.
    """
    level, variance, squares, days, width = (
        nan,
        inf,
        signal.noise_variance * signal.noise_days,
        0,
        signal.width_start,
    )
    result = []
    for value in values:
        variance += signal.drift
        if not isnan(value):
            if isnan(level):
                level, variance = value, 1.0
            else:
                noise = max(squares / (signal.noise_days + days), signal.least_noise)
                foretold = variance + 1.0
                missed = abs(value - level) > width * sqrt(noise * foretold)
                width = max(width + signal.width_step * (missed - (1 - signal.coverage)), signal.width_floor)
                squares, days = squares + (value - level) ** 2 / foretold, days + 1
                share = variance / foretold
                level, variance = level + share * (value - level), (1 - share) * variance
        result.append(_day(level, variance, squares / (signal.noise_days + days), width, signal))
    return result


def _day(level: float, variance: float, noise: float, width: float, signal: SignalParameters) -> PlainDay:
    if isnan(level):
        return PlainDay()
    noise = max(noise, signal.least_noise)
    half, next_half = (width * sqrt(noise * part) for part in (variance, variance + signal.drift + 1.0))
    return PlainDay(
        level,
        max(level - half, signal.scale_low),
        min(level + half, signal.scale_high),
        max(level - next_half, signal.scale_low),
        min(level + next_half, signal.scale_high),
    )
