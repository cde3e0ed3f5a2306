"""The patient's chart as a figure: circles always, a line only from what it is given, broken where nothing is known."""

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures.portal import Band, Dot, Shown, mood_figure

FIRST = dt.date(2026, 10, 27)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def shown(**more: Any) -> Shown:
    return Shown(first=FIRST, last=day(27), dots=[Dot(day(0), 6), Dot(day(1), 4)], gaps=[], **more)


def band(number: int, level: float | None = 5.0) -> Band:
    if level is None:
        return Band(day(number), None, None, None)
    return Band(day(number), level, level - 1, level + 1)


def runs(figure: dict[str, Any]) -> list[list[str]]:
    """The days of each stretch of the line."""
    return [trace["x"] for trace in figure["data"] if trace.get("line", {}).get("color") == "var(--c1)"]


def test_without_an_estimate_there_are_circles_and_nothing_else() -> None:
    figure = mood_figure(shown())
    [trace] = figure["data"]
    assert (trace["mode"], trace["x"], trace["y"]) == ("markers", ["2026-10-27", "2026-10-28"], [6, 4])
    assert figure["layout"]["shapes"] == []


def test_the_line_breaks_where_more_than_three_days_have_no_figure() -> None:
    joined = shown(estimate=[band(0), band(1), band(5)])
    broken = shown(estimate=[band(0), band(1), band(6)])
    assert [len(run) for run in runs(mood_figure(joined))] == [3]
    assert [len(run) for run in runs(mood_figure(broken))] == [2, 1]


def test_days_that_were_held_back_are_not_drawn() -> None:
    figure = mood_figure(shown(estimate=[band(0), band(1, None), band(2)]))
    assert runs(figure) == [["2026-10-27", "2026-10-29"]]


def test_no_line_is_drawn_into_or_across_a_named_gap() -> None:
    estimate = [band(number) for number in range(12)]
    figure = mood_figure(replace(shown(estimate=estimate), gaps=[(day(4), day(8))]))
    assert [len(run) for run in runs(figure)] == [4, 3]


def test_a_gap_is_a_band_from_its_first_day_to_its_last_and_says_what_it_is() -> None:
    figure = mood_figure(replace(shown(), gaps=[(day(4), day(8))]))
    [gap] = figure["layout"]["shapes"]
    assert (gap["x0"], gap["x1"]) == ("2026-10-30T12:00", "2026-11-04T12:00")
    for words in (figure["layout"]["annotations"], figure["narrow"]["annotations"]):
        assert [each["text"].replace("<br>", " ") for each in words] == ["No check-ins"]


def test_the_axis_is_always_0_to_10_and_ends_with_today() -> None:
    layout = mood_figure(shown())["layout"]
    assert layout["yaxis"]["tickvals"] == [0, 2, 4, 6, 8, 10]
    assert layout["xaxis"]["tickvals"][0] == "2026-11-23"
    assert layout["xaxis"]["ticktext"][0] == "23 Nov"


@pytest.mark.parametrize("usual", [None, (5.1, 6.8)])
def test_plotly_knows_every_word_of_the_figure(usual: tuple[float, float] | None) -> None:
    gaps = [(day(4), day(8)), (day(15), day(22))]
    figure = mood_figure(replace(shown(estimate=[band(0), band(1), band(12)], usual=usual), gaps=gaps))
    coloured = json.loads(plain(figure))
    go.Figure(data=coloured["data"], layout=coloured["layout"])
    go.Figure(layout={**coloured["layout"], **coloured["narrow"]})


def plain(figure: dict[str, Any]) -> str:
    """The figure with a colour in place of each name of one: Plotly's schema does not know ours."""
    return re.sub(r"var\(--[\w-]+\)", "#123456", json.dumps(figure))


def test_a_word_that_plotly_does_not_know_would_be_found() -> None:
    figure = json.loads(plain(mood_figure(shown())))
    figure["layout"]["xaxis"]["tickwords"] = []
    with pytest.raises(ValueError, match="tickwords"):
        go.Figure(layout=figure["layout"])
