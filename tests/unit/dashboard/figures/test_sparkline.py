"""The sparkline: the pen is lifted over gaps, and a gap is drawn as a gap."""

import datetime as dt

import pytest

from dashboard.figures.sparkline import EDGE, HEIGHT, WIDTH, Sparkline, gaps, sparkline

LAST = dt.date(2026, 11, 23)


def days(*ago_and_mood: tuple[int, float]) -> list[tuple[dt.date, float]]:
    return [(LAST - dt.timedelta(days=ago), mood) for ago, mood in ago_and_mood]


def drawn(moods: list[tuple[dt.date, float]], usual: tuple[float, float] | None = None) -> Sparkline:
    return sparkline(moods, last=LAST, days=28, usual=usual, label="")


def test_three_missing_days_are_crossed_and_four_are_a_gap() -> None:
    crossed = drawn(days((27, 5), *((ago, 5) for ago in range(26, 8, -1)), (8, 5), (4, 5), (0, 5)))
    assert len(crossed.segments) == 1
    assert crossed.gaps == ()
    broken = drawn(days(*((ago, 5) for ago in range(27, 8, -1)), (5, 5), (4, 5), (0, 5)))
    assert len(broken.segments) == 1
    broken = drawn(days(*((ago, 5) for ago in range(27, 9, -1)), (5, 5), (4, 5), (0, 5)))
    assert len(broken.segments) == 2
    assert len(broken.gaps) == 1


def test_silence_at_either_end_is_a_gap_too() -> None:
    found = gaps(days((20, 5), (10, 5)), first=LAST - dt.timedelta(days=27), last=LAST)
    assert found == [
        (LAST - dt.timedelta(days=27), LAST - dt.timedelta(days=21)),
        (LAST - dt.timedelta(days=19), LAST - dt.timedelta(days=11)),
        (LAST - dt.timedelta(days=9), LAST),
    ]


def test_nothing_at_all_is_one_gap_and_no_point() -> None:
    empty = drawn([])
    assert (empty.segments, empty.last, len(empty.gaps)) == ((), None, 1)


def test_the_axis_is_fixed_from_0_to_10_and_stays_inside_the_picture() -> None:
    both = drawn(days((27, 0), (26, 10), (0, 10)))
    first, second = (
        both.segments[0].split(" ")[:2] if len(both.segments) == 1 else both.segments[0].split(" ")
    )
    assert float(first.split(",")[1]) == HEIGHT - EDGE
    assert float(second.split(",")[1]) == EDGE
    assert both.last is not None
    assert both.last.x == WIDTH - EDGE


def test_what_lies_outside_the_weeks_is_left_out() -> None:
    assert drawn(days((40, 1), (0, 5))).segments == drawn(days((0, 5))).segments


@pytest.mark.parametrize("usual", [(5.0, 7.0), (0.0, 10.0)])
def test_the_usual_range_has_its_place_on_the_same_axis(usual: tuple[float, float]) -> None:
    bar = drawn(days((0, 5)), usual).usual
    assert bar is not None
    assert bar.height == pytest.approx((usual[1] - usual[0]) / 10 * (HEIGHT - 2 * EDGE), abs=0.11)
