"""The days that have not come: a dashed line and a range, both fading, because each further day is less certain."""

from typing import Any

from dashboard.figures.shown import Estimate, Shown

FADES = ((0, 2, 0.85), (2, 4, 0.6), (4, 7, 0.35))
"""From which day to which, and how strong. Three steps: one for each day would be three times the data."""


def ahead_traces(shown: Shown) -> list[dict[str, Any]]:
    """Range and line from the last estimate to the end; nothing where nothing is foretold."""
    if not shown.ahead:
        return []
    days = [_now(shown), *shown.ahead]
    return [trace for start, end, opacity in FADES for trace in _stretch(days[start : end + 1], opacity)]


def _now(shown: Shown) -> Estimate:
    """Where the forecast begins: at the present estimate, or at its own first day where there is none."""
    known = [each for each in shown.estimates if each.level is not None]
    if known and known[-1].day == shown.last:
        return known[-1]
    first = shown.ahead[0]
    return Estimate(shown.last, first.level, first.lower, first.upper)


def _stretch(days: list[Estimate], opacity: float) -> list[dict[str, Any]]:
    base = {
        "type": "scatter",
        "x": [each.day.isoformat() for each in days],
        "hoverinfo": "skip",
        "opacity": opacity,
    }
    edge = base | {"mode": "lines", "line": {"width": 0}}
    line = {"color": "var(--c1)", "width": 2, "dash": "dash"}
    return [
        edge | {"y": [each.lower for each in days]},
        edge | {"y": [each.upper for each in days], "fill": "tonexty", "fillcolor": "var(--c-range)"},
        base | {"mode": "lines", "y": [each.level for each in days], "line": line},
    ]
