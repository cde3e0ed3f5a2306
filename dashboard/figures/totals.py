"""The course of one questionnaire as a Plotly figure: its totals, its caseness line, its whole range.

Which way is better is passed in and said in words; the figure assumes nothing about up and down.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

ROOM = 0.03
"""Part of the span of days, and of the range of totals, that stays free at each edge."""


@dataclass(frozen=True, slots=True)
class Total:
    """One form. `certain` is False where answers were missing or the form is not validated: its mark is open."""

    day: dt.date
    value: float
    certain: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the chart shows. `line` is the caseness line, None where there is none; its words stand in the key below
    the chart, where no point and no other word can lie on them, and its number at the axis."""

    totals: Sequence[Total]
    lowest: int
    highest: int
    line: float | None
    better_words: str


def totals_figure(shown: Shown) -> dict[str, Any]:
    """The figure {data, layout, narrow}."""
    return {
        "data": [_totals(shown)],
        "layout": {
            "margin": {"l": 32, "r": 12, "t": 26, "b": 30},
            "hovermode": "closest",
            "shapes": _line(shown),
            "annotations": [_better(shown)],
            "xaxis": _days(shown, most=7),
            "yaxis": _range(shown),
        },
        "narrow": {"xaxis": _days(shown, most=3)},
    }


def _totals(shown: Shown) -> dict[str, Any]:
    fills = ["var(--c1)" if each.certain else "var(--surface)" for each in shown.totals]
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(shown.totals) > 1 else "markers",
        "x": [each.day.isoformat() for each in shown.totals],
        "y": [each.value for each in shown.totals],
        "line": {"color": "var(--c1)", "width": 1.5, "dash": "dot"},
        "marker": {"size": 9, "opacity": 1, "color": fills, "line": {"color": "var(--c1)", "width": 2}},
        "text": [date_format(each.day, "j F Y") for each in shown.totals],
        "hovertemplate": "%{text}: %{y}<extra></extra>",
    }


def _line(shown: Shown) -> list[dict[str, Any]]:
    if shown.line is None:
        return []
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": shown.line, "y1": shown.line}
    return [across | {"line": {"color": "var(--c-reference)", "width": 1.5, "dash": "dash"}}]


def _better(shown: Shown) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"}
    return place | {"text": shown.better_words, "showarrow": False, "font": {"color": "var(--ink-2)"}}


def _range(shown: Shown) -> dict[str, Any]:
    room = (shown.highest - shown.lowest) * ROOM
    return {
        "range": [shown.lowest - room, shown.highest + room],
        "tickvals": sorted({shown.lowest, shown.highest, *([] if shown.line is None else [shown.line])}),
        "zeroline": False,
    }


def _named(days: list[dt.date], *, most: int) -> list[dt.date]:
    """The newest day and, back from it, those that are far enough apart for their names to stand side by side."""
    apart, named = (days[-1] - days[0]) / most, [days[-1]]
    for day in reversed(days[:-1]):
        if named[-1] - day >= apart:
            named.append(day)
    return named[::-1]


def _days(shown: Shown, *, most: int) -> dict[str, Any]:
    """At most so many named days, and one more; months with their year where the forms are of several years."""
    days = sorted({each.day for each in shown.totals})
    named = _named(days, most=most)
    form = "j M" if days[0].year == days[-1].year else "M Y"
    room = max(dt.timedelta(days=3), (days[-1] - days[0]) * ROOM)
    start, end = (dt.datetime.combine(day, dt.time()) for day in (days[0], days[-1]))
    return {
        "type": "date",
        "range": [(start - room).isoformat(), (end + room).isoformat()],
        "tickvals": [day.isoformat() for day in named],
        "ticktext": [date_format(day, form) for day in named],
        "tickangle": 0,
        "showgrid": False,
    }
