"""Moments and spans as people say them."""

import datetime as dt

import pytest

from dashboard import times

AT = dt.datetime(2026, 11, 23, 9, 12, tzinfo=dt.UTC)


def ago(**span: float) -> dt.datetime:
    return AT - dt.timedelta(**span)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (AT, "today 09:12"),
        (ago(hours=9, minutes=13), "yesterday 23:59"),
        (ago(days=2), "21 November, 09:12"),
        (ago(days=365), "23 November 2025, 09:12"),
    ],
)
def test_a_moment_is_said_as_one_would_say_it_today(moment: dt.datetime, words: str) -> None:
    assert times.said(moment, at=AT, zone="Europe/London") == words


def test_a_moment_is_said_by_the_clock_of_its_zone() -> None:
    assert times.said(AT, at=AT, zone="Asia/Tokyo") == "today 18:12"
    assert times.said(ago(hours=10), at=AT, zone="Asia/Tokyo") == "today 08:12"
    assert times.said(ago(hours=10), at=AT, zone="Europe/London") == "yesterday 23:12"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (ago(seconds=59), "under a minute"),
        (ago(seconds=60), "1 minute"),
        (ago(minutes=59, seconds=59), "59 minutes"),
        (ago(minutes=60), "1 h"),
        (ago(minutes=125), "2 h 5 min"),
        (ago(days=1), "1 d"),
        (ago(days=2, hours=3, minutes=59), "2 d 3 h"),
    ],
)
def test_a_span_is_said_in_two_units_at_most(since: dt.datetime, words: str) -> None:
    assert times.waited(since, at=AT) == words


def test_a_day_begins_at_midnight_of_its_zone_also_when_clocks_change() -> None:
    before, after = (times.midnight(day=dt.date(2026, 10, day), zone="Europe/London") for day in (25, 26))
    assert (after - before.astimezone(dt.UTC)).total_seconds() == 25 * 3_600


@pytest.mark.parametrize(
    ("zone", "place"), [("Europe/London", "London"), ("America/New_York", "New York"), ("UTC", "UTC")]
)
def test_a_zone_is_called_by_its_city(zone: str, place: str) -> None:
    assert times.place(zone) == place
