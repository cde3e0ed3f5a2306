"""The mood chart: valid for plotly, honest about gaps, its labels apart."""

import datetime as dt
import json
import re
from itertools import pairwise
from typing import Any

import plotly.graph_objects as plotly
import pytest

from dashboard.figures.mood import mood_figure, runs
from dashboard.figures.mood_words import LINE
from dashboard.figures.shown import Estimate, Event, Label, Shown
from dashboard.figures.sparkline import gaps

TODAY = dt.date(2026, 11, 23)
DAYS = 56
FIRST = TODAY - dt.timedelta(days=DAYS - 1)
GAP = (TODAY - dt.timedelta(days=20), TODAY - dt.timedelta(days=16))


def all_days() -> list[dt.date]:
    return [FIRST + dt.timedelta(days=number) for number in range(DAYS)]


def shown(**changes: object) -> Shown:
    moods = [(day, 6.0) for day in all_days() if not GAP[0] <= day <= GAP[1]]
    values = {
        "first": FIRST,
        "last": TODAY,
        "moods": moods,
        "estimates": [Estimate(day, 6.0, 5.5, 6.5) for day in all_days()],
        "usual": (5.0, 7.0),
        "gaps": [GAP],
        "gap_words": [("No", "check-ins", "3–7 Nov")],
        "events": [Event(TODAY, "Today", strong=True)],
        "labels": [],
    } | changes
    return Shown(**values)  # type: ignore[arg-type]


def test_plotly_accepts_the_figure_wide_and_narrow() -> None:
    figure = mood_figure(shown(labels=[Label(7, ("Usual range",), "black")]))
    for layout in (figure["layout"], figure["layout"] | figure["narrow"]):
        made = plotly.Figure({"data": _with_colours(figure["data"]), "layout": _with_colours(layout)})
        assert len(made.data) == len(figure["data"])


def _with_colours(value: Any) -> Any:
    """The figure with a colour in the place of each token, as the browser puts one there."""
    return json.loads(re.sub(r"var\(--[\w-]+\)", "#123456", json.dumps(value)))


def test_a_wrong_figure_is_refused_by_the_same_check() -> None:
    figure = mood_figure(shown())
    figure["layout"]["xaxis"]["type"] = "calendar"
    with pytest.raises(ValueError, match="xaxis"):
        plotly.Figure({"data": _with_colours(figure["data"]), "layout": _with_colours(figure["layout"])})


def test_no_line_and_no_band_crosses_a_gap() -> None:
    for trace in mood_figure(shown())["data"]:
        if trace["mode"] == "lines":
            days = [dt.date.fromisoformat(day) for day in trace["x"]]
            assert not any(GAP[0] <= day <= GAP[1] for day in days)
            assert days[-1] < GAP[0] or days[0] > GAP[1]


def test_a_gap_without_stored_estimates_around_it_breaks_the_line_too() -> None:
    sparse = [
        Estimate(FIRST, 6, 5, 7),
        Estimate(FIRST + dt.timedelta(days=3), 6, 5, 7),
        Estimate(TODAY, 3, 2, 4),
    ]
    found = runs(sparse, [])
    assert [len(run) for run in found] == [2, 1]


def test_planted_fault_a_line_over_the_gap_would_be_noticed() -> None:
    joined = runs([Estimate(day, 6, 5, 7) for day in all_days()], [])
    assert len(joined) == 1
    assert len(runs([Estimate(day, 6, 5, 7) for day in all_days()], [GAP])) == 2


def test_a_day_that_was_held_back_is_not_drawn() -> None:
    held = [Estimate(day, None, None, None) if day == TODAY else Estimate(day, 6, 5, 7) for day in all_days()]
    assert all(TODAY not in [each.day for each in run] for run in runs(held, []))


@pytest.mark.parametrize("heights", [(6, 6, 6), (0, 0, 0), (10, 10, 10), (3, 3.2, 7), (9.8, 10, 0.1)])
def test_labels_at_the_right_never_cover_each_other(heights: tuple[float, float, float]) -> None:
    labels = [
        Label(heights[0], ("Usual range",), "black"),
        Label(heights[1], ("Last check-in 4",), "black"),
        Label(heights[2], ("AI estimate 3.5", "likely 2.9 to 4.2"), "black", strong=True),
    ]
    words = [
        each
        for each in mood_figure(shown(labels=labels))["layout"]["annotations"]
        if each.get("xref") == "paper" and each.get("xanchor") == "left"
    ]
    assert len(words) == 3
    halves = [(each["y"], LINE * (each["text"].count("<br>") + 1) / 2) for each in words]
    spans = sorted((middle - half, middle + half) for middle, half in halves)
    assert all(below[1] <= above[0] + 0.011 for below, above in pairwise(spans))
    assert spans[0][0] >= -0.011
    assert spans[-1][1] <= 10.411


def test_the_axis_is_fixed_whatever_the_values() -> None:
    moods = [(TODAY, 1.0)]
    silent = gaps(moods, first=FIRST, last=TODAY)
    low = shown(moods=moods, estimates=[], usual=None, gaps=silent, gap_words=[("No", "check-ins", "")])
    assert mood_figure(low)["layout"]["yaxis"]["range"] == [0, 10.4]


def above(figure: dict[str, Any]) -> dict[str, int]:
    """The words above the chart with their lane's height."""
    return {
        each["text"]: each["yshift"]
        for each in figure["layout"]["annotations"]
        if each.get("yshift") is not None
    }


def ago(days: int, words: str) -> Event:
    return Event(TODAY - dt.timedelta(days=days), words)


def test_words_of_events_that_would_touch_stand_in_two_lanes_and_a_third_goes() -> None:
    events = [ago(2, "AI stopped"), ago(1, "Plan signed"), Event(TODAY, "Today", strong=True)]
    figure = mood_figure(shown(events=events))
    found = above(figure)
    assert set(found) == {"Today", "Plan signed"}
    assert found["Today"] < found["Plan signed"]
    assert sum(shape.get("type") == "line" for shape in figure["layout"]["shapes"]) == 3, (
        "the line of each stays"
    )


def test_room_is_left_above_for_the_lanes_that_are_used() -> None:
    one = mood_figure(shown())["layout"]["margin"]["t"]
    two = mood_figure(shown(events=[ago(1, "Plan signed"), ago(0, "AI stopped")]))["layout"]["margin"]["t"]
    assert two > one


def test_what_happened_on_one_day_stands_in_one_line() -> None:
    figure = mood_figure(shown(events=[ago(20, "Plan signed"), ago(20, "AI stopped")]))
    assert "Plan signed, AI stopped" in above(figure)


AHEAD = [
    Estimate(TODAY + dt.timedelta(days=number), 6.0, 5.0 - number / 9, 7.0 + number / 9)
    for number in range(1, 8)
]


def test_what_is_foretold_is_dashed_fades_and_begins_at_the_estimate() -> None:
    figure = mood_figure(shown(ahead=AHEAD))
    dashed = [trace for trace in figure["data"] if trace.get("line", {}).get("dash") == "dash"]
    assert [trace["opacity"] for trace in dashed] == sorted((t["opacity"] for t in dashed), reverse=True)
    assert dashed[0]["opacity"] > dashed[-1]["opacity"]
    assert dashed[0]["x"][0] == TODAY.isoformat()
    assert dashed[-1]["x"][-1] == AHEAD[-1].day.isoformat()
    assert figure["layout"]["xaxis"]["range"][1].startswith(AHEAD[-1].day.isoformat())
    plotly.Figure({"data": _with_colours(figure["data"]), "layout": _with_colours(figure["layout"])})


def test_the_end_has_a_tick_of_its_own_only_where_there_is_room() -> None:
    last = AHEAD[-1].day.isoformat()
    assert last in mood_figure(shown(ahead=AHEAD))["layout"]["xaxis"]["tickvals"]
    year = shown(ahead=AHEAD, first=TODAY - dt.timedelta(days=364))
    assert last not in mood_figure(year)["layout"]["xaxis"]["tickvals"]


def test_without_a_forecast_nothing_is_dashed_and_the_chart_ends_today() -> None:
    figure = mood_figure(shown())
    assert not [trace for trace in figure["data"] if trace.get("line", {}).get("dash")]
    assert figure["layout"]["xaxis"]["range"][1].startswith(TODAY.isoformat())


def test_the_narrow_chart_has_no_labels_at_the_right() -> None:
    figure = mood_figure(shown(labels=[Label(7, ("Usual range",), "black")]))
    assert all(each["text"] != "Usual range" for each in figure["narrow"]["annotations"])
