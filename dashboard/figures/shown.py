"""What the psychologist's mood chart shows: plain numbers and ready words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """One stored day of the estimate; figures are None where it was held back."""

    day: dt.date
    level: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day: words above the chart, `full` ones in its table; `strong` for today."""

    day: dt.date
    words: str
    strong: bool = False
    full: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words at the right end of what they name: one or two lines at the height `at` (0 to 10)."""

    at: float
    lines: tuple[str, ...]
    colour: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the chart shows, from `first` to `last`; `ahead` are the days after `last`, which have not come."""

    first: dt.date
    last: dt.date
    moods: Sequence[tuple[dt.date, float]]
    estimates: Sequence[Estimate]
    usual: tuple[float, float] | None
    gaps: Sequence[tuple[dt.date, dt.date]]
    gap_words: Sequence[tuple[str, ...]]
    events: Sequence[Event]
    labels: Sequence[Label]
    ahead: Sequence[Estimate] = ()

    @property
    def length(self) -> int:
        """Days from the left end of the chart to the right."""
        return (self.last - self.first).days + 1 + len(self.ahead)
