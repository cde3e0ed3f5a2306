"""How much data a reading stands on, and why it is held back where that is too little."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from recommendations.scoring.release import DayRules
from recommendations.scoring.series import BoolArray, FloatArray, IntArray

NEVER = -1


class HeldBack(IntEnum):
    """Why no level is shown on a day; NONE where one is."""

    NONE = 0
    NO_DATA = 1
    GAP = 2
    TOO_FEW_DAYS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Patients x signals x days.

    `recent_days`: days with data among the last 14. `history_days`: among the last 104 (14 and the 90 of the
    reference). `days_since_data`: 0 on a day with data, NEVER before the first. `held_back`: HeldBack codes.
    `little_data`: a level is shown, but fewer than 14 days with data are known, so there is no usual range.
    """

    recent_days: IntArray
    history_days: IntArray
    days_since_data: IntArray
    held_back: NDArray[np.int8]
    little_data: BoolArray


def evidence(series: FloatArray, *, rules: DayRules) -> Evidence:
    """Count the evidence at every day of series (patients x signals x days), each up to that day."""
    seen = ~np.isnan(series)
    known = np.cumsum(seen, axis=-1, dtype=np.int64)
    recent = _within(known, rules.recent_days)
    history = _within(known, rules.window_days)
    since = days_since_data(seen)
    held_back = np.full(seen.shape, HeldBack.NONE, dtype=np.int8)
    held_back[recent < rules.minimum_days] = HeldBack.TOO_FEW_DAYS
    held_back[since > rules.gap_days] = HeldBack.GAP
    held_back[history == 0] = HeldBack.NO_DATA
    little = (held_back == HeldBack.NONE) & (history < rules.usual_days)
    return Evidence(recent, history, since, held_back, little)


def days_since_data(seen: BoolArray) -> IntArray:
    """Days since the last day with data, at every day (… x days); NEVER before the first."""
    column = np.arange(seen.shape[-1])
    last = np.maximum.accumulate(np.where(seen, column, NEVER), axis=-1)
    return np.where(last == NEVER, NEVER, column - last)


def gap_days(seen: BoolArray, *, rules: DayRules) -> BoolArray:
    """Mark every day of a gap longer than `rules.gap_days` (… x days): no chart draws a line across these.

    Levels as they were stored stay as they are; this only tells a chart where the pen is lifted, also on the
    first days of a gap, on which nobody could know yet how long it would last.
    """
    since = days_since_data(seen)
    ahead = days_since_data(seen[..., ::-1])[..., ::-1]
    to_the_end = seen.shape[-1] - np.arange(seen.shape[-1])
    length = since + np.where(ahead == NEVER, to_the_end, ahead) - 1
    marked: BoolArray = (since > 0) & (length > rules.gap_days)
    return marked


def _within(known: IntArray, days: int) -> IntArray:
    """From running counts, the count of the last `days` days."""
    counts = known.copy()
    counts[..., days:] -= known[..., :-days]
    return counts
