"""What each check-in adds to the level, on request: a table that adds up to it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dashboard.times import said_date
from recommendations import explain
from recommendations.explain import Explanation, Part
from recommendations.models.reading import MoodReading
from recommendations.signal_wording import number

SHOWN = 30
"""Days that stand alone in the table. What lies further back weighs little and stands in one row."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The table and the sentence over it; `fits` is False where it no longer adds up to the stored level."""

    sentence: str
    columns: list[dict[str, str]]
    rows: list[list[str]]
    fits: bool


def explained(reading: MoodReading, *, today: dt.date) -> Explained:
    """The parts of a reading's level, newest first, and their sum. One query."""
    found = explain.parts_of(reading)
    shown, rest = found.parts[:SHOWN], found.parts[SHOWN:]
    rows = [_row(said_date(part.day, today=today), part.mood, part.weight, part.amount) for part in shown]
    if rest:
        rows.append(_rest(rest, today=today))
    rows.insert(0, _sum(found))
    heads: list[Any] = [_("Day"), _("Check-in"), _("Share"), _("Adds")]
    return Explained(
        sentence=_("The level is a weighted mean of this person’s own days; newer days weigh more."),
        columns=[{"label": head} for head in heads],
        rows=rows if found.parts else [],
        fits=found.fits,
    )


def _sum(found: Explanation) -> list[str]:
    return [_("All together"), "", _percent(sum(part.weight for part in found.parts)), _points(found.total)]


def _rest(rest: tuple[Part, ...], *, today: dt.date) -> list[str]:
    until = said_date(rest[0].day, today=today)
    amount, weight = sum(part.amount for part in rest), sum(part.weight for part in rest)
    words = _("%(count)d days up to %(day)s") % {"count": len(rest), "day": until}
    return [words, "", _percent(weight), _points(amount)]


def _row(day: str, mood: float, weight: float, amount: float) -> list[str]:
    return [day, number(round(mood, 1)), _percent(weight), _points(amount)]


def _percent(share: float) -> str:
    return _("%(share)s%%") % {"share": number_format(share * 100, 1)}


def _points(amount: float) -> str:
    return str(number_format(amount, 2))
