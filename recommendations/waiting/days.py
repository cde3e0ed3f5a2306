"""The days on which a deferred draft may come back: working days at the clinic, and no more than its setting."""

import datetime as dt

from django.conf import settings

from clinic.clock import local_date, zone_of

SATURDAY = 5


def return_days(*, at: dt.datetime, zone: str) -> list[dt.date]:
    """The next working days, Monday to Friday; their number is the clinic's setting. Public holidays count too."""
    found: list[dt.date] = []
    day = local_date(at=at, zone=zone)
    while len(found) < settings.DEFER_WORKING_DAYS:
        day += dt.timedelta(days=1)
        if day.weekday() < SATURDAY:
            found.append(day)
    return found


def morning(day: dt.date, *, zone: str) -> dt.datetime:
    """When a draft comes back on that day: as the day begins at the clinic."""
    return dt.datetime.combine(day, dt.time(), tzinfo=zone_of(zone))
