"""The calendar date of a moment is that of the person's own zone, midnight to midnight, across clock changes too."""

import datetime as dt

import pytest

from clinic.clock import local_date, now


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-29 00:59", "Europe/London", "2026-03-29"),
        ("2026-03-28 23:59", "Europe/London", "2026-03-28"),
        ("2026-10-24 23:00", "Europe/London", "2026-10-25"),
        ("2026-10-25 23:59", "Europe/London", "2026-10-25"),
        ("2026-10-26 00:00", "Europe/London", "2026-10-26"),
        ("2026-11-23 10:59", "Pacific/Auckland", "2026-11-23"),
        ("2026-11-23 11:00", "Pacific/Auckland", "2026-11-24"),
        ("2026-11-23 04:59", "America/New_York", "2026-11-22"),
        ("2026-11-22 18:30", "Asia/Kolkata", "2026-11-23"),
    ],
)
def test_a_moment_has_the_date_of_its_zone(moment: str, zone: str, day: str) -> None:
    assert local_date(at=utc(moment), zone=zone) == dt.date.fromisoformat(day)


def test_now_is_an_aware_moment_in_utc() -> None:
    assert now().utcoffset() == dt.timedelta(0)
