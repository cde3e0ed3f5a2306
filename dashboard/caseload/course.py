"""The course of one person's mood over some weeks: what a chart is drawn from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from dashboard.caseload.happenings import Happening
from dashboard.times import said
from recommendations.forecasts import DayAhead
from recommendations.models.reading import MoodReading

RANGES: dict[str, tuple[int, StrOrPromise]] = {
    "4w": (28, gettext_lazy("4 weeks")),
    "8w": (56, gettext_lazy("8 weeks")),
    "1y": (365, gettext_lazy("1 year")),
}
USUAL_RANGE = "8w"

Moods = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class RangeLink:
    """One length of the chart."""

    label: StrOrPromise
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What a chart is drawn from: `readings` oldest first and, as `ahead`, empty where AI is not allowed."""

    today: dt.date
    days: int
    moods: Moods
    readings: Sequence[MoodReading]
    happenings: Sequence[Happening] = field(default_factory=tuple)
    ahead: Sequence[DayAhead] = field(default_factory=tuple)

    @property
    def first(self) -> dt.date:
        """The first day of the chart."""
        return self.today - dt.timedelta(days=self.days - 1)

    @property
    def shown_moods(self) -> Moods:
        """The days with check-ins that lie in the chart."""
        return [(day, mood) for day, mood in self.moods if self.first <= day <= self.today]

    @property
    def shown_readings(self) -> list[MoodReading]:
        """The readings that lie in the chart."""
        return [each for each in self.readings if self.first <= each.as_of <= self.today]

    @property
    def shown_happenings(self) -> list[Happening]:
        """What happened on the days of the chart."""
        return [each for each in self.happenings if self.first <= each.day <= self.today]

    @property
    def latest(self) -> MoodReading | None:
        """The newest reading."""
        return self.readings[-1] if self.readings else None


def range_of(wanted: str) -> str:
    """The range that a page was asked for, or the usual one."""
    return wanted if wanted in RANGES else USUAL_RANGE


def range_links(path: str, current: str) -> tuple[RangeLink, ...]:
    """The links to the three lengths of the chart."""
    return tuple(
        RangeLink(label, f"{path}?range={code}", current=code == current)
        for code, (_days, label) in RANGES.items()
    )


def usual_of(reading: MoodReading | None) -> tuple[float, float] | None:
    """The usual range of the newest reading, to one decimal, or None."""
    if reading is None or reading.usual_low is None or reading.usual_high is None:
        return None
    return round(reading.usual_low, 1), round(reading.usual_high, 1)


def days_in_words(start: dt.date, end: dt.date) -> str:
    """A stretch of days: "3–7 November", "28 Oct – 3 Nov"."""
    if start == end:
        return date_format(start, "j M")
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{date_format(end, 'j M')}"
    return f"{date_format(start, 'j M')} – {date_format(end, 'j M')}"


def stamp_of(at: dt.datetime, *, zone: str) -> str:
    """As of when a chart holds: "As of today 09:12"."""
    return _("As of %(when)s") % {"when": said(at, at=at, zone=zone)}
