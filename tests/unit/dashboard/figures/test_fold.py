"""A folded figure is the figure, in few bytes."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.fold import LETTERS, folded, unfolded

DAYS = st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), max_size=30, unique=True).map(sorted)
TENTHS = st.one_of(st.none(), st.integers(-2_000, 2_000).map(lambda tenths: tenths / 10))
STYLES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0}},
        {"type": "scatter", "mode": "markers", "hovertemplate": "%{text}: %{y}"},
    ]
)
WORDS: list[dict[str, Any]] = [{"text": "Today", "x": 1}, {"text": "Plan signed", "x": 2}]


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    traces = []
    for _ in range(draw(st.integers(0, 4))):
        days = [day.isoformat() for day in draw(DAYS)]
        values = draw(st.lists(TENTHS, min_size=len(days), max_size=len(days)))
        traces.append(dict(draw(STYLES)) | {"x": days, "y": values})
    narrow = {"annotations": draw(st.lists(st.sampled_from([*WORDS, {"text": "Else"}]), max_size=3))}
    return {"data": traces, "layout": {"annotations": WORDS}, "narrow": narrow}


def drawn(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure as plotly takes it: what is implied is what it assumes."""
    return figure | {"data": [{"hoverinfo": "all"} | trace for trace in figure["data"]]}


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
