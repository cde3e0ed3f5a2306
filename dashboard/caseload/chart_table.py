"""The same data as the mood chart, as a table: newest day first, gaps named in their place."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from dashboard.figures.shown import Estimate, Shown
from dashboard.times import said_date
from recommendations.signal_wording import number


def columns(*, with_estimate: bool) -> list[dict[str, str]]:
    """The heads of the columns."""
    heads = [_("Day"), _("Check-in")]
    if with_estimate:
        heads += [_("AI estimate"), _("Likely from"), _("Likely to")]
    return [{"label": head} for head in heads]


def table(shown: Shown, *, today: dt.date, with_estimate: bool) -> list[list[Any]]:
    """One row a day with a check-in or an estimate; one row a gap, in which no estimate is drawn either."""
    moods, estimates = dict(shown.moods), {each.day: each for each in shown.estimates}
    days = {day for day in {*moods, *estimates} if not _in_gap(day, shown)}
    rows = {day: _row(day, moods.get(day), estimates.get(day), today, with_estimate) for day in days}
    for (start, _end), words in zip(shown.gaps, shown.gap_words, strict=True):
        rows[start] = [words[-1], _("none"), *([""] * 3 if with_estimate else [])]
    return [rows[day] for day in sorted(rows, reverse=True)]


def _in_gap(day: dt.date, shown: Shown) -> bool:
    return any(start <= day <= end for start, end in shown.gaps)


def _row(
    day: dt.date, mood: float | None, estimate: Estimate | None, today: dt.date, with_estimate: bool
) -> list[Any]:
    row = [said_date(day, today=today), number(None if mood is None else round(mood, 1))]
    if not with_estimate:
        return row
    figures = (estimate.level, estimate.lower, estimate.upper) if estimate else (None, None, None)
    return row + [number(figure) for figure in figures]
