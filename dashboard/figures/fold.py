"""A figure in few bytes: days as distances, figures as differences in tenths, styles and repeated parts once.

`static/countersign/js/chart.js` unfolds it, and `unfolded` here does the same for tests. Only what a chart of this
product holds can be folded: days as ISO dates, figures to one decimal, and the day's name, which the browser says.
A row of numbers is packed as text: one letter for a small number, "~12;" for a great one, "!" where there is none.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script

from dashboard.figures.fold_layout import folded_layout, unfolded_layout

TENTHS = 10
LETTERS = "".join(chr(code) for code in range(0x28, 0x7E) if chr(code) not in "<=>\\")
MIDDLE = len(LETTERS) // 2
"""The letter in the middle stands for 0. None of these letters is changed by JSON or by HTML."""

DAILY = "="
"""Stands where each further day follows the one before."""

OWN = ("x", "y", "text", "opacity")
"""What each series has of its own; the rest is its style."""

HOVER = "%{text}: %{y}<extra></extra>"
"""What a day says when it is pointed at."""

IMPLIED: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
"""What a series has unless its style says otherwise; a style with a hover text has no "skip"."""


def folded(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure folded: {first, styles, series, layout, narrow}; a series is [style, days, figures, opacity]."""
    first = min((trace["x"][0] for trace in figure["data"] if trace["x"]), default="1970-01-01")
    styles: list[dict[str, Any]] = []
    series, packed = [], {}
    for trace in figure["data"]:
        style, days = _style(trace), trace["x"]
        if style not in styles:
            styles.append(style)
        if id(days) not in packed:  # a line and the edges of its range share their days
            packed[id(days)] = _days(days, first)
        row = [styles.index(style), packed[id(days)], _pack(_differences(trace["y"]))]
        series.append([*row, trace["opacity"]] if "opacity" in trace else row)
    layout, narrow = folded_layout(figure["layout"], figure.get("narrow", {}))
    return {"first": first, "styles": styles, "series": series, "layout": layout, "narrow": narrow}


class Tight(DjangoJSONEncoder):
    """JSON without spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"separators": (",", ":")})


def folded_script(figure: dict[str, Any]) -> str:
    """The figure as the script element from which chart.js draws it; a filter of the templates."""
    return json_script(folded(figure), encoder=Tight)


def unfolded(fold: dict[str, Any]) -> dict[str, Any]:
    """The figure as it was, but for the names of days."""
    data = [_trace(fold, *row) for row in fold["series"]]
    layout, narrow = unfolded_layout(fold["layout"], fold["narrow"])
    return {"data": data, "layout": layout, "narrow": narrow}


def _trace(fold: dict[str, Any], style: int, days: str, values: str, *opacity: float) -> dict[str, Any]:
    y = _sums(values)
    own = {"x": _dates(days, fold["first"], len(y)), "y": y}
    kept = fold["styles"][style]
    hover = {"hovertemplate": HOVER} if kept.get("hoverinfo") == "all" else {}
    return {**IMPLIED, **hover, **kept, **own, **({"opacity": opacity[0]} if opacity else {})}


def _style(trace: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in trace.items() if name not in OWN}
    style = {name: value for name, value in kept.items() if IMPLIED.get(name) != value}
    if style.get("hovertemplate") == HOVER:
        del style["hovertemplate"]
    return style if "hoverinfo" in kept else style | {"hoverinfo": "all"}


def _days(days: Sequence[str], first: str) -> str:
    """The distance of each day from the one before it, the first from `first`; briefly where they are in a row."""
    numbers = [dt.date.fromisoformat(day).toordinal() for day in (first, *days)]
    steps = [after - before for before, after in pairwise(numbers)]
    if len(steps) > 1 and numbers[-1] - numbers[1] == len(steps) - 1:
        return _pack(steps[:1]) + DAILY
    return _pack(steps)


def _dates(packed: str, first: str, count: int) -> list[str]:
    steps = _unpacked(packed.rstrip(DAILY))
    steps += [1] * (count - len(steps)) if packed.endswith(DAILY) else []
    day, found = dt.date.fromisoformat(first), []
    for step in steps:
        day += dt.timedelta(days=step or 0)
        found.append(day.isoformat())
    return found


def _differences(values: Sequence[float | None]) -> list[int | None]:
    before, found = 0, list[int | None]()
    for value in values:
        if value is None:
            found.append(None)
        else:
            tenths = round(value * TENTHS)
            found.append(tenths - before)
            before = tenths
    return found


def _sums(packed: str) -> list[float | None]:
    total, found = 0, []
    for each in _unpacked(packed):
        total += each or 0
        found.append(None if each is None else total / TENTHS)
    return found


def _pack(numbers: Sequence[int | None]) -> str:
    return "".join(
        "!" if each is None else LETTERS[each + MIDDLE] if abs(each) <= MIDDLE - 1 else f"~{each};"
        for each in numbers
    )


def _unpacked(packed: str) -> list[int | None]:
    found: list[int | None] = []
    rest = packed
    while rest:
        if rest[0] == "~":
            number, _end, rest = rest[1:].partition(";")
            found.append(int(number))
        else:
            found.append(None if rest[0] == "!" else LETTERS.index(rest[0]) - MIDDLE)
            rest = rest[1:]
    return found
