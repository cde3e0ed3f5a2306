"""A person's own usual range of any signal, from days as they stand: the rule of mood readings, without a model."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from recommendations.scoring.release import DayRules
from recommendations.scoring.usual import own_range

RULES = DayRules()


def usual_of_days(values: Sequence[tuple[dt.date, float]], *, today: dt.date) -> tuple[float, float] | None:
    """Where 8 in 10 of the person's ordinary days lie, or None below 14 days with a number in the last 104."""
    days = np.full(RULES.window_days, np.nan)
    for day, value in values:
        back = (today - day).days
        if 0 <= back < days.size:
            days[-1 - back] = value
    return own_range(days, rules=RULES)
