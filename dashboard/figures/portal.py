"""The patient's mood chart: their own check-ins always; an estimate only as it was signed.

Only figures and labels come in; whether an estimate may be shown is decided by what was published.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

TICK_DAYS = 7
LONGEST_SILENCE_DAYS = 3
"""A pause of more days than this is a gap: it is named, and no line is drawn across it (SR-76)."""

WORDS_FIT_DAYS = 6
"""A gap of fewer days than this has room for its words only when they stand upright."""

DOTS = {
    "size": 9,
    "color": "var(--surface)",
    "opacity": 1,
    "line": {"color": "var(--c-reference)", "width": 2},
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One check-in."""

    day: dt.date
    mood: int


@dataclass(frozen=True, slots=True)
class Band:
    """One day of the estimate; figures are None where it was held back."""

    day: dt.date
    level: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the chart shows, from `first` to `last`; `usual` is the signed usual range."""

    first: dt.date
    last: dt.date
    dots: Sequence[Dot]
    gaps: Sequence[tuple[dt.date, dt.date]]
    estimate: Sequence[Band] = ()
    usual: tuple[float, float] | None = None


def mood_figure(shown: Shown) -> dict[str, Any]:
    """The Plotly figure, with what differs on a narrow screen under `narrow`."""
    traces = [trace for run in _runs(shown) for trace in _estimate_traces(run)]
    wide = [_gap_words(gap, upright=(gap[1] - gap[0]).days + 1 < WORDS_FIT_DAYS) for gap in shown.gaps]
    narrow = [_gap_words(gap, upright=True) for gap in shown.gaps]
    return {
        "data": [*traces, _dots(shown.dots)],
        "layout": {
            "margin": {"l": 28, "r": 12, "t": 10, "b": 30},
            "hovermode": "closest",
            "shapes": [*_usual_band(shown), *map(_gap_band, shown.gaps)],
            "annotations": [*_usual_words(shown), *wide],
            "xaxis": _days_axis(shown, _weekly(shown)),
            "yaxis": {"range": [-0.4, 10.4], "tickvals": [0, 2, 4, 6, 8, 10], "zeroline": False},
        },
        "narrow": {
            "annotations": [*_usual_words(shown), *narrow],
            "xaxis": _days_axis(shown, _ends(shown)),
        },
    }


def _dots(dots: Sequence[Dot]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.day.isoformat() for dot in dots],
        "y": [dot.mood for dot in dots],
        "marker": DOTS,
        "text": [date_format(dot.day, "j F") for dot in dots],
        "hovertemplate": "%{text}: %{y}<extra></extra>",
    }


def _runs(shown: Shown) -> list[list[Band]]:
    """Stretches over which the pen stays down: it is lifted over named gaps, and where there is no figure for long."""
    runs: list[list[Band]] = []
    for each in shown.estimate:
        if each.level is None or any(first <= each.day <= last for first, last in shown.gaps):
            continue
        if runs and _near(runs[-1][-1].day, each.day, shown.gaps):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _near(day: dt.date, following: dt.date, gaps: Sequence[tuple[dt.date, dt.date]]) -> bool:
    missing = (following - day).days - 1
    return missing <= LONGEST_SILENCE_DAYS and not any(day < first < following for first, _ in gaps)


def _estimate_traces(run: Sequence[Band]) -> list[dict[str, Any]]:
    days = [each.day.isoformat() for each in run]
    base = {"type": "scatter", "x": days, "hoverinfo": "skip"}
    quiet = {"mode": "lines", "line": {"width": 0}}
    return [
        base | quiet | {"y": [each.lower for each in run]},
        base | quiet | {"y": [each.upper for each in run], "fill": "tonexty", "fillcolor": "var(--c-range)"},
        base
        | {
            "mode": "lines" if len(run) > 1 else "markers",
            "y": [each.level for each in run],
            "line": {"color": "var(--c1)", "width": 2.5},
            "marker": {"color": "var(--c1)", "size": 5},
        },
    ]


def _usual_band(shown: Shown) -> list[dict[str, Any]]:
    if shown.usual is None:
        return []
    low, high = shown.usual
    across = {"type": "rect", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high}
    return [across | {"fillcolor": "var(--c-usual)", "line": {"width": 0}}]


def _usual_words(shown: Shown) -> list[dict[str, Any]]:
    if shown.usual is None:
        return []
    place = {"xref": "paper", "x": 1, "xanchor": "right", "y": shown.usual[1], "yanchor": "bottom"}
    words = {"text": _("Your usual range"), "showarrow": False, "font": {"color": "var(--accent)"}}
    return [place | words]


def _edges(gap: tuple[dt.date, dt.date]) -> tuple[str, str]:
    """From half a day before the first day to half a day after the last one."""
    before = gap[0] - dt.timedelta(days=1)
    return f"{before.isoformat()}T12:00", f"{gap[1].isoformat()}T12:00"


def _gap_band(gap: tuple[dt.date, dt.date]) -> dict[str, Any]:
    start, end = _edges(gap)
    place = {"type": "rect", "layer": "below", "x0": start, "x1": end, "yref": "paper", "y0": 0, "y1": 1}
    return place | {"fillcolor": "var(--c-gap)", "line": {"width": 0}}


def _gap_words(gap: tuple[dt.date, dt.date], *, upright: bool) -> dict[str, Any]:
    middle = dt.datetime.combine(gap[0], dt.time()) + (gap[1] - gap[0]) / 2
    words = _("No check-ins")
    return {
        "x": middle.isoformat(),
        "y": 0.3 if upright else 1.2,
        "yanchor": "bottom",
        "text": words if upright else words.replace(" ", "<br>"),
        "textangle": -90 if upright else 0,
        "showarrow": False,
    }


def _weekly(shown: Shown) -> list[dt.date]:
    """Days to name, counted back from the last one, so that today is always among them."""
    days = (shown.last - shown.first).days
    return [shown.last - dt.timedelta(days=back) for back in range(0, days + 1, TICK_DAYS)]


def _ends(shown: Shown) -> list[dt.date]:
    """The first day, the middle and the last: all that has room on a phone."""
    return [shown.first, shown.first + (shown.last - shown.first) / 2, shown.last]


def _days_axis(shown: Shown, named: Sequence[dt.date]) -> dict[str, Any]:
    room = dt.timedelta(hours=18)
    start = dt.datetime.combine(shown.first, dt.time()) - room
    end = dt.datetime.combine(shown.last, dt.time()) + room
    return {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickvals": [day.isoformat() for day in named],
        "ticktext": [date_format(day, "j M") for day in named],
        "showgrid": False,
    }
