"""The psychologist's mood chart as a Plotly figure: estimate and its range as they were stored, the person's own
check-ins, named gaps, and what happened, on a fixed axis from 0 to 10.

Plain numbers and ready labels come in; a test holds the figure against plotly's own schema.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format

from dashboard.figures.mood_ahead import ahead_traces
from dashboard.figures.mood_words import (
    EVENT_SHARE_NARROW,
    LANE_HEIGHT,
    event_words,
    gap_words,
    lanes,
    narrow_words,
    right_words,
)
from dashboard.figures.shown import Estimate, Event, Shown
from dashboard.figures.sparkline import GAP_DAYS

TICKS = {28: 7, 56: 7, 365: 61}
"""Days between ticks for each length of the chart."""

RIGHT, RIGHT_NARROW = 132, 10
"""Pixels at the right, for direct labels where there is room for them."""

END_SHARE = 0.08
"""Below this share of the chart the days ahead have no room for a tick of their own beside today's."""

TOP = 13
"""Pixels above the words of what happened."""

DOT = {
    "size": 8,
    "color": "var(--surface)",
    "opacity": 1,
    "line": {"color": "var(--c-reference)", "width": 1.75},
}
SMALL_DOT = DOT | {"size": 5, "line": {"color": "var(--c-reference)", "width": 1.25}}


def mood_figure(shown: Shown) -> dict[str, Any]:
    """The figure {data, layout, narrow}; `narrow` holds what differs where there is little room."""
    upright = [gap_words(shown, gap, words) for gap, words in zip(shown.gaps, shown.gap_words, strict=True)]
    return {
        "data": [*_estimate(shown), *ahead_traces(shown), _dots(shown)],
        "layout": {
            "margin": {"l": 28, "r": RIGHT, "t": TOP + LANE_HEIGHT * lanes(shown), "b": 30},
            "shapes": [*_usual(shown), *map(_gap, shown.gaps), *_events(shown)],
            "annotations": [*upright, *event_words(shown), *right_words(shown)],
            "xaxis": _days(shown, every=_every(shown)),
            "yaxis": {"range": [0, 10.4], "tickvals": [0, 2, 4, 6, 8, 10]},
        },
        "narrow": {
            "margin": {
                "l": 28,
                "r": RIGHT_NARROW,
                "t": TOP + LANE_HEIGHT * lanes(shown, share=EVENT_SHARE_NARROW),
                "b": 30,
            },
            "annotations": narrow_words(shown),
            "xaxis": _days(shown, every=2 * _every(shown)),
        },
    }


def runs(estimates: Sequence[Estimate], gaps: Sequence[tuple[dt.date, dt.date]]) -> list[list[Estimate]]:
    """Stretches over which the pen stays down: it is lifted where nothing was estimated and over gaps."""
    found: list[list[Estimate]] = []
    for each in estimates:
        if each.level is None or any(start <= each.day <= end for start, end in gaps):
            continue
        near = found and (each.day - found[-1][-1].day).days - 1 <= GAP_DAYS
        if near and not _crossed(found[-1][-1].day, each.day, gaps):
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _crossed(before: dt.date, after: dt.date, gaps: Sequence[tuple[dt.date, dt.date]]) -> bool:
    return any(before < start and end < after for start, end in gaps)


def _estimate(shown: Shown) -> list[dict[str, Any]]:
    return [trace for run in runs(shown.estimates, shown.gaps) for trace in _run(run)]


def _run(run: Sequence[Estimate]) -> list[dict[str, Any]]:
    base = {"type": "scatter", "x": [each.day.isoformat() for each in run], "hoverinfo": "skip"}
    edge = base | {"mode": "lines", "line": {"width": 0}}
    line = {
        "mode": "lines" if len(run) > 1 else "markers",
        "y": [each.level for each in run],
        "line": {"color": "var(--c1)", "width": 2.5},
        "marker": {"color": "var(--c1)", "size": 5},
    }
    return [
        edge | {"y": [each.lower for each in run]},
        edge | {"y": [each.upper for each in run], "fill": "tonexty", "fillcolor": "var(--c-range)"},
        base | line,
    ]


def _dots(shown: Shown) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day.isoformat() for day, _mood in shown.moods],
        "y": [mood for _day, mood in shown.moods],
        "marker": DOT if _length(shown) <= 90 else SMALL_DOT,
        "hovertemplate": "%{text}: %{y}<extra></extra>",
    }


def _usual(shown: Shown) -> list[dict[str, Any]]:
    if shown.usual is None:
        return []
    low, high = shown.usual
    across = {"layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high}
    return [across | {"fillcolor": "var(--c-usual)", "line": {"width": 0}}]


def _gap(gap: tuple[dt.date, dt.date]) -> dict[str, Any]:
    before = gap[0] - dt.timedelta(days=1)
    place = {"x0": f"{before.isoformat()}T12:00", "x1": f"{gap[1].isoformat()}T12:00", "y0": 0, "y1": 1}
    area = {"layer": "below", "yref": "paper"}
    return place | area | {"fillcolor": "var(--c-gap)", "line": {"width": 0}}


def _events(shown: Shown) -> list[dict[str, Any]]:
    """A line for each day on which something happened; today's covers any other of that day."""
    days = {event.day: event for event in sorted(shown.events, key=lambda each: each.strong)}
    return [_event(event) for _day, event in sorted(days.items())]


def _event(event: Event) -> dict[str, Any]:
    day = event.day.isoformat()
    line = (
        {"color": "var(--ink)", "width": 1.5}
        if event.strong
        else {"color": "var(--c-reference)", "width": 1.5, "dash": "dot"}
    )
    return {"type": "line", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": 1, "line": line}


def _every(shown: Shown) -> int:
    """Days between ticks: a week for some weeks, two months for a year."""
    return TICKS.get(_length(shown), max(7, _length(shown) // 6))


def _length(shown: Shown) -> int:
    return (shown.last - shown.first).days + 1


def _days(shown: Shown, *, every: int) -> dict[str, Any]:
    """Ticks counted back from the last day, so that today always has one."""
    ticks = [shown.last - dt.timedelta(days=back) for back in range(0, _length(shown), every)]
    half, last = dt.timedelta(hours=12), shown.last + dt.timedelta(days=len(shown.ahead))
    start, end = (dt.datetime.combine(day, dt.time()) for day in (shown.first, last))
    if len(shown.ahead) >= END_SHARE * shown.length:
        ticks = [last, *ticks]
    return {
        "type": "date",
        "range": [(start - half).isoformat(), (end + half).isoformat()],
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": [date_format(day, "j M") for day in ticks],
    }
