"""The course of a questionnaire: nothing is written where a point or a line can lie."""

import datetime as dt
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.totals import Shown, Total, totals_figure

DAY = dt.date(2026, 3, 2)

days = st.integers(0, 400).map(lambda ago: DAY + dt.timedelta(days=ago))
totals = st.lists(
    st.builds(
        Total,
        st.integers(0, 400).map(lambda days: DAY + dt.timedelta(days=days)),
        st.floats(0, 27),
        st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


def inside(annotation: dict[str, Any]) -> bool:
    """Whether words stand in the field of the points: not at its upper edge, growing upwards into the margin."""
    return not (
        annotation.get("yref") == "paper" and annotation["y"] == 1 and annotation["yanchor"] == "bottom"
    )


@given(totals, st.one_of(st.none(), st.floats(0, 27)))
def test_no_words_lie_in_the_field_of_points_and_the_line_is_named_at_its_axis(
    shown: list[Total], line: float | None
) -> None:
    figure = totals_figure(Shown(shown, 0, 27, line, "Lower is better"))
    assert not [each for each in figure["layout"]["annotations"] if inside(each)]
    assert line is None or line in figure["layout"]["yaxis"]["tickvals"]
    assert len(figure["layout"]["shapes"]) == (line is not None)


def test_planted_fault_words_on_the_line_itself_are_found() -> None:
    """As they once lay: at the left edge, on the line, over the first point."""
    assert inside(
        {"xref": "paper", "x": 0, "xanchor": "left", "y": 10, "yanchor": "bottom", "text": "Case: 10 or more"}
    )


@given(totals)
def test_names_of_days_stand_upright_and_far_enough_apart_and_the_newest_is_named(shown: list[Total]) -> None:
    figure = totals_figure(Shown(shown, 0, 27, None, "Lower is better"))
    days = sorted({each.day for each in shown})
    for layout, most in ((figure["layout"], 7), (figure["narrow"], 3)):
        axis = layout["xaxis"]
        named = [dt.date.fromisoformat(day) for day in axis["tickvals"]]
        assert axis["tickangle"] == 0
        assert named[-1] == days[-1]
        assert all((after - before) * most >= days[-1] - days[0] for before, after in pairwise(named))


def test_forms_of_several_years_are_named_with_their_year() -> None:
    forms = [Total(dt.date(year, 11, 29), 9, True) for year in (2022, 2025)]
    assert totals_figure(Shown(forms, 0, 27, None, "Lower is better"))["layout"]["xaxis"]["ticktext"] == [
        "Nov 2022",
        "Nov 2025",
    ]
