"""How long something has waited, in a list and in a sentence."""

import datetime as dt

import pytest

from dashboard.caseload.spans import at_length, briefly


@pytest.mark.parametrize(
    ("span", "brief", "long"),
    [
        (dt.timedelta(seconds=-5), "0 min", "0 minutes"),
        (dt.timedelta(minutes=1, seconds=59), "1 min", "1 minute"),
        (dt.timedelta(minutes=59), "59 min", "59 minutes"),
        (dt.timedelta(hours=1), "1 h", "1 hour"),
        (dt.timedelta(hours=23, minutes=59), "23 h", "23 hours"),
        (dt.timedelta(days=2, hours=3), "2 d 3 h", "2 days 3 hours"),
        (dt.timedelta(days=1), "1 d 0 h", "1 day"),
    ],
)
def test_a_span_is_told_briefly_and_at_length(span: dt.timedelta, brief: str, long: str) -> None:
    assert briefly(span) == brief
    assert at_length(span) == long
