"""What each check-in adds to a stored level: computed when somebody asks, from what was known at that time."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from clinic import consent
from clinic.models.observation import Observation, Signal
from recommendations.models.reading import MoodReading
from recommendations.scoring.contributions import contributions
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.series import daily_values

CLOSE = 1e-6
"""Points by which the sum may miss the stored level; the arithmetic itself is exact to 1e-9."""


@dataclass(frozen=True, slots=True)
class Part:
    """One day with check-ins: its mean mood, its share of the level (0 to 1) and the points that it adds."""

    day: dt.date
    mood: float
    weight: float
    amount: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts, newest first, and their sum. `fits`: the sum is the stored level."""

    parts: tuple[Part, ...]
    total: float
    fits: bool


def parts_of(reading: MoodReading) -> Explanation:
    """Take the level of a reading apart into the days that made it: one query.

    Observations count as they stood when the reading was made: later ones and later corrections do not.
    """
    moods = _moods(reading)
    if reading.level is None or not moods.size:
        return Explanation((), 0.0, fits=False)
    found = contributions(moods[None, :, None], release=MOOD_1)
    first = reading.as_of.toordinal() - moods.size + 1
    parts = [
        Part(dt.date.fromordinal(first + day), float(mood), float(weight), float(amount))
        for day, (mood, weight, amount) in enumerate(
            zip(moods, found.weights[0, :, 0], found.amounts[0, :, 0], strict=True)
        )
        if not np.isnan(mood)
    ]
    total = sum(part.amount for part in parts)
    return Explanation(tuple(reversed(parts)), total, fits=abs(total - reading.level) < CLOSE)


def _moods(reading: MoodReading) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The mean mood of each day from the first check-in to the reading's day, NaN where there was none."""
    standing = Q(superseded_at=None) | Q(superseded_at__gt=reading.recorded_at)
    rows = list(
        consent.for_readings(
            Observation.objects.filter(
                standing,
                patient=reading.patient_id,
                signal=Signal.MOOD,
                local_date__lte=reading.as_of,
                recorded_at__lte=reading.recorded_at,
            )
        ).values_list("local_date", "value")
    )
    last = reading.as_of.toordinal()
    first = min((day.toordinal() for day, _value in rows), default=last)
    values = daily_values(
        patient=np.zeros(len(rows), dtype=np.int64),
        signal=np.zeros(len(rows), dtype=np.int64),
        day=np.array([day.toordinal() for day, _value in rows], dtype=np.int64),
        value=np.array([value for _day, value in rows], dtype=np.float64),
        shape=(1, last - first + 1, 1),
        first_day=first,
    )
    return values[0, :, 0] if rows else np.empty(0)
