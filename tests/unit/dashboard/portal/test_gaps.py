"""Pauses between check-ins."""

import datetime as dt

from dashboard.portal.diary import Gap, gaps

START = dt.date(2026, 11, 1)


def days(*numbers: int) -> list[dt.date]:
    return [START + dt.timedelta(days=number) for number in numbers]


def test_a_pause_of_three_days_is_no_gap_and_one_of_four_is() -> None:
    assert gaps(days(0, 4), until=days(4)[0]) == []
    assert gaps(days(0, 5), until=days(5)[0]) == [Gap(*days(1, 4))]


def test_silence_up_to_today_is_a_gap_too() -> None:
    assert gaps(days(0), until=days(4)[0]) == [Gap(*days(1, 4))]
    assert gaps(days(0), until=days(3)[0]) == []


def test_before_the_first_check_in_there_is_no_gap() -> None:
    assert gaps([], until=days(9)[0]) == []
