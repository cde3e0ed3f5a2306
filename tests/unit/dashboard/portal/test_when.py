"""Times as people say them, in the patient's own zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from dashboard.portal.when import Calendar

MOMENT = dt.datetime(2026, 11, 23, 9, 31, tzinfo=dt.UTC)


def calendar(zone: str = "Europe/London", now: dt.datetime = MOMENT) -> Calendar:
    return Calendar(ZoneInfo(zone), now)


@pytest.mark.parametrize(
    ("ago", "said", "listed"),
    [
        (dt.timedelta(0), "today at 09:31", "today, 09:31"),
        (dt.timedelta(days=1), "yesterday at 09:31", "yesterday, 09:31"),
        (dt.timedelta(days=5), "on 18 November at 09:31", "18 November, 09:31"),
        (dt.timedelta(days=365), "on 23 November 2025 at 09:31", "23 November 2025, 09:31"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago: dt.timedelta, said: str, listed: str) -> None:
    assert calendar().said(MOMENT - ago) == said
    assert calendar().listed(MOMENT - ago) == listed


def test_today_begins_at_the_patients_midnight() -> None:
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    assert calendar("Europe/London").said(late) == "yesterday at 23:30"
    assert calendar("Asia/Tokyo").said(late) == "today at 08:30"


def test_the_hour_that_comes_twice_in_autumn_is_said_by_the_patients_clock() -> None:
    first, second = (dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
    assert calendar(now=second).time(first) == calendar(now=second).time(second) == "01:30"


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (0, "Hello, Amara"),
        (4, "Hello, Amara"),
        (5, "Good morning, Amara"),
        (11, "Good morning, Amara"),
        (12, "Good afternoon, Amara"),
        (17, "Good afternoon, Amara"),
        (18, "Good evening, Amara"),
        (23, "Good evening, Amara"),
    ],
)
def test_the_greeting_changes_at_five_twelve_and_eighteen(hour: int, greeting: str) -> None:
    assert calendar(now=MOMENT.replace(hour=hour)).greeting("Amara") == greeting


def test_a_name_that_cannot_be_opened_is_left_out() -> None:
    assert calendar().greeting("") == "Good morning"
