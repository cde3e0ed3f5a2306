"""The same data as the mood chart, as a table: newest day first, gaps named in their place."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dashboard.figures.shown import Estimate, Shown
from dashboard.times import said_date
from recommendations.signal_wording import number


def columns(*, with_estimate: bool, with_events: bool) -> list[dict[str, str]]:
    """The heads of the columns."""
    heads = [_("Day"), _("Check-in")]
    if with_estimate:
        heads += [_("AI estimate"), _("Likely from"), _("Likely to")]
    if with_events:
        heads.append(_("What happened"))
    return [{"label": head} for head in heads]


def table(
    shown: Shown, *, today: dt.date, with_estimate: bool, events: Mapping[dt.date, str]
) -> list[list[Any]]:
    """One row a day with a check-in, an estimate or an event; one row a gap, in which no estimate is drawn either.

    Days that have not come stand first, and say so.
    """
    moods, estimates = dict(shown.moods), {each.day: each for each in shown.estimates}
    known = {day for day in {*moods, *estimates} if not _in_gap(day, shown)} | set(events)
    rows = {day: _row(said_date(day, today=today), moods.get(day), estimates.get(day)) for day in known}
    for (start, _end), words in zip(shown.gaps, shown.gap_words, strict=True):
        rows[start] = [words[-1], _("none"), "", "", ""]
    for each in shown.ahead:
        rows[each.day] = _row(_("%(day)s, forecast") % {"day": said_date(each.day, today=today)}, None, each)
    width = 5 if with_estimate else 2
    told = bool(events)
    return [
        [*rows[day][:width], *([events.get(day, "")] if told else [])] for day in sorted(rows, reverse=True)
    ]


def _in_gap(day: dt.date, shown: Shown) -> bool:
    return any(start <= day <= end for start, end in shown.gaps)


def _row(day: str, mood: float | None, estimate: Estimate | None) -> list[Any]:
    figures = (estimate.level, estimate.lower, estimate.upper) if estimate else (None, None, None)
    return [day, number(None if mood is None else round(mood, 1)), *map(number, figures)]
