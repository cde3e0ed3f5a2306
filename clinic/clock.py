"""The one place where the wall clock is read.

Views, commands and tasks call `now()` once and pass the answer on as `at=`; everything below them is told the time.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone


def now() -> dt.datetime:
    """The current moment as an aware datetime in UTC."""
    return timezone.now()  # noqa: TID251  this is the edge


def not_before(began: str, *, at: dt.datetime) -> Greatest:
    """`at`, or the moment in the column `began` where that is later, for an update.

    The clocks of two machines differ a little, and one may have been set back: what began can be ended all the same,
    and nothing ends before it began.
    """
    return Greatest(Value(at), F(began))


def local_date(*, at: dt.datetime, zone: str) -> dt.date:
    """The calendar date of the moment `at` in the IANA time zone `zone`, midnight to midnight."""
    return at.astimezone(ZoneInfo(zone)).date()
