"""A stored reading in words with a shape, as `_components/reading.html` shows it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboard.times import said_date
from recommendations.models.reading import MoodReading
from recommendations.signal_wording import number
from recommendations.wording import DIRECTIONS, HELD_BACK

MARKS = {"likely_worse": "lower", "likely_better": "higher", "no_change": "same"}
"""The shape beside each word; whatever is uncertain has the broken circle."""

LITTLE_DATA_DAYS = 14
"""Below this many days with data there is no usual range (SR-74)."""


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """A reading for a list: shape, words, and its range or why there is none. `stale`: scoring is late."""

    mark: str
    words: str
    range: str
    stale: bool = False


def reading_words(reading: MoodReading | None, *, stale: bool = False) -> ReadingWords:
    """The reading in words; a held-back one with its reason."""
    if reading is None:
        return ReadingWords("unsure", str(DIRECTIONS["not_scored"]), _("no reading yet"))
    words = str(DIRECTIONS[reading.direction])
    return ReadingWords(MARKS.get(reading.direction, "unsure"), words, _range(reading), stale)


def _range(reading: MoodReading) -> str:
    if reading.held_back:
        return str(HELD_BACK[reading.held_back])
    if reading.usual_low is None:
        return _("no usual range yet")
    return likely(reading)


def likely(reading: MoodReading) -> str:
    """The interval in words: "likely 2.9 to 4.2"; it holds the level 8 times in 10."""
    figures = {"lower": number(tenths(reading.lower)), "upper": number(tenths(reading.upper))}
    return _("likely %(lower)s to %(upper)s") % figures


def tenths(value: float | None) -> float | None:
    """A figure to one decimal, as it is shown everywhere."""
    return None if value is None else round(value, 1)


def has_little_data(reading: MoodReading | None) -> bool:
    """Whether there is too little data for a usual range."""
    return reading is not None and reading.days_of_evidence < LITTLE_DATA_DAYS


def as_of(reading: MoodReading, *, today: dt.date) -> str:
    """The day up to which the reading goes: "as of 23 November"."""
    return _("as of %(day)s") % {"day": said_date(reading.as_of, today=today)}


def release_name(reading: MoodReading) -> str:
    """The model release that made it: "mood-1 1.0.0"."""
    return f"{reading.release.name} {reading.release.version}"
