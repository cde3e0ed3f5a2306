"""The one place where the wall clock is read.

Views, commands and tasks call `now()` once and pass the answer on as `at=`; everything below them is told the time.
"""

import datetime as dt
import logging
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

logger = logging.getLogger(__name__)

UNKNOWN = (ZoneInfoNotFoundError, ValueError, OSError)
"""What a name raises that is no time zone; OSError where it leads to a folder, or is too long for a file."""


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
    return at.astimezone(zone_of(zone)).date()


@cache
def zone_of(name: str) -> dt.tzinfo:
    """The IANA time zone of this name; UTC, and a line in the log, where this machine does not know it.

    A card must be shown and somebody paged also where a zone is damaged or newer than the machine.
    """
    try:
        return ZoneInfo(name)
    except UNKNOWN:
        logger.error("This machine does not know the time zone %r; times are taken in UTC.", name)
        return dt.UTC


def is_zone(name: str) -> bool:
    """Whether this machine knows a time zone of this name, for what somebody types."""
    try:
        return bool(ZoneInfo(name))
    except UNKNOWN:
        return False
