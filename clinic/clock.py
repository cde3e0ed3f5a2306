"""The one place where the wall clock is read.

Views, commands and tasks call `now()` once and pass the answer on as `at=`; everything below them is told the time.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> dt.datetime:
    """The current moment as an aware datetime in UTC."""
    return timezone.now()  # noqa: TID251  this is the edge


def local_date(*, at: dt.datetime, zone: str) -> dt.date:
    """The calendar date of the moment `at` in the IANA time zone `zone`, midnight to midnight."""
    return at.astimezone(ZoneInfo(zone)).date()
