"""A folded figure is the figure, in few bytes."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.fold import HOVER, LETTERS, folded, unfolded

DAYS = st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), max_size=30, unique=True).map(sorted)
TENTHS = st.one_of(st.none(), st.integers(-2_000, 2_000).map(lambda tenths: tenths / 10))
STYLES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0}},
        {"type": "scatter", "mode": "markers", "hovertemplate": "%{text}: %{y}"},
        {"type": "scatter", "mode": "lines+markers", "hovertemplate": HOVER},
        {"type": "scatter", "mode": "lines", "hovertemplate": HOVER, "hoverinfo": "all"},
    ]
)
WORDS: list[dict[str, Any]] = [
    {"text": "Today", "x": 1},
    {"text": "Plan signed", "x": 2, "yref": "paper", "y": 1, "xanchor": "center"},
    {"text": "Case", "x": 0, "xref": "paper", "y": 10, "xanchor": "left"},
]
ELSE = {"text": "Else", "yref": "paper", "y": 1, "xanchor": "right"}
SHAPES: list[dict[str, Any]] = [
    {"x0": "2026-01-01", "x1": "2026-01-01", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}},
    {"x0": "2026-01-01", "x1": "2026-01-02", "y0": 4, "y1": 6, "line": {"width": 1.5, "dash": "dot"}},
    {"x0": 0, "x1": 1, "xref": "paper", "y0": 0, "y1": 1},
]


def axis(places: list[int]) -> dict[str, Any]:
    return {"range": [0, 9], "tickvals": places, "ticktext": [f"day {place}" for place in places]}


AXES = st.lists(st.integers(0, 9), max_size=5, unique=True).map(axis)
MARGINS = st.dictionaries(st.sampled_from("lrtb"), st.integers(0, 40))


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    traces = []
    for _ in range(draw(st.integers(0, 4))):
        days = [day.isoformat() for day in draw(DAYS)]
        values = draw(st.lists(TENTHS, min_size=len(days), max_size=len(days)))
        traces.append(dict(draw(STYLES)) | {"x": days, "y": values})
    layout = {
        "annotations": draw(st.lists(st.sampled_from(WORDS), max_size=3)),
        "shapes": draw(st.lists(st.sampled_from(SHAPES), max_size=3)),
        "xaxis": draw(AXES),
        "margin": draw(MARGINS),
    }
    narrow = {
        "annotations": draw(st.lists(st.sampled_from([*WORDS, ELSE]), max_size=3)),
        "xaxis": draw(AXES),
        "margin": draw(MARGINS),
        "hovermode": "closest",
    }
    return {"data": traces, "layout": layout, "narrow": narrow}


def drawn(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure as plotly takes it: what is implied is what it assumes."""
    return figure | {"data": [{"hoverinfo": "all"} | trace for trace in figure["data"]]}


def test_a_folded_layout_says_only_what_is_its_own() -> None:
    wide = {"annotations": WORDS, "shapes": SHAPES[:1], "xaxis": axis([1, 3, 5])}
    found = folded({"data": [], "layout": wide, "narrow": {"annotations": WORDS[1:2], "xaxis": axis([1, 5])}})
    assert found["layout"]["shapes"] == [{"x0": "2026-01-01"}]
    assert found["layout"]["annotations"][1] == {"text": "Plan signed", "x": 2}
    assert found["narrow"] == {"annotations": [1], "xaxis": {"ticks": [0, 2]}}


@given(figures())
def test_any_figure_comes_back_as_it_was(figure: dict[str, Any]) -> None:
    assert unfolded(folded(figure)) == drawn(figure)


def test_names_of_days_are_left_out_and_styles_stand_once() -> None:
    trace = {
        "mode": "markers",
        "x": ["2026-01-01"],
        "y": [6],
        "text": ["1 January"],
        "hovertemplate": "%{text}",
    }
    found = folded({"data": [trace, trace], "layout": {}})
    assert len(found["styles"]) == 1
    assert "1 January" not in str(found)


@pytest.mark.parametrize("letter", ["<", ">", "&", '"', "'", "\\"])
def test_no_letter_of_a_row_is_one_that_json_or_html_would_write_longer(letter: str) -> None:
    assert letter not in LETTERS
