"""The seven days ahead, computed when a clinician's page asks and kept nowhere: for clinicians only, never published.

It rests on the check-ins that stand at that moment and on no later ones, so it cannot have hindsight; ADR 17 argues
why it is not stored. The release that made it is registered by scoring, before any page can show one.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommendations.scoring.forecast import forecast
from recommendations.scoring.forecast_release import FORECAST_1

WINDOW_DAYS = FORECAST_1.window_days
"""How far back the check-ins must reach that are handed in."""

RELEASE = f"{FORECAST_1.name} {FORECAST_1.version}"

MEASURED = {"eight": 82, "nine": 92}
"""Of 100 days that came, how many lay in the 8-in-10 and in the 9-in-10 range, on people on whom nothing was chosen:
`python -m bench.evaluate_forecast`."""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day that has not come: the middle, where it lies 8 times in 10, and where 9 times in 10."""

    day: dt.date
    middle: float
    low: float
    high: float
    lowest: float
    highest: float


def days_ahead(moods: Sequence[tuple[dt.date, float]], *, today: dt.date) -> tuple[DayAhead, ...]:
    """The seven days after `today` from daily moods up to it; empty where there is too little data or too long a
    silence. Ask only where AI may be used. Days outside the last eight weeks, and any after today, do not count."""
    values = np.full((1, WINDOW_DAYS), np.nan)
    for day, mood in moods:
        back = (today - day).days
        if 0 <= back < WINDOW_DAYS:
            values[0, WINDOW_DAYS - 1 - back] = mood
    found = forecast(values)
    if found.held_back[0]:
        return ()
    parts = (found.middle, found.low, found.high, found.lowest, found.highest)
    columns = np.stack([part[0] for part in parts], axis=1).tolist()
    return tuple(
        DayAhead(today + dt.timedelta(days=number), *column) for number, column in enumerate(columns, start=1)
    )
