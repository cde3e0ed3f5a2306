"""Moments and spans as people say them: "today 09:12", "23 November", "2 h 5 min"."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.clock import local_date, zone_of
from clinic.models.clinic import Clinic

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def clinic_zone() -> str:
    """The IANA time zone of the clinic; UTC before it has been set up. One query."""
    return Clinic.objects.values_list("zone", flat=True).first() or "UTC"


def said(moment: dt.datetime, *, at: dt.datetime, zone: str) -> str:
    """The moment in `zone` as somebody would say it at `at`: "today 09:12", "23 November, 09:12"."""
    time = f"{moment.astimezone(zone_of(zone)):%H:%M}"
    day, today = local_date(at=moment, zone=zone), local_date(at=at, zone=zone)
    if day == today:
        return _("today {time}").format(time=time)
    if day == today - dt.timedelta(days=1):
        return _("yesterday {time}").format(time=time)
    return _("{date}, {time}").format(date=said_date(day, today=today), time=time)


def said_date(day: dt.date, *, today: dt.date) -> str:
    """A date: "23 November", with the year where it is not this one."""
    return date_format(day, "j F" if day.year == today.year else "j F Y", use_l10n=False)


def written(moment: dt.datetime, *, zone: str) -> str:
    """The moment for paper, where "today" means nothing later: "29 November 2026, 21:17"."""
    local = moment.astimezone(zone_of(zone))
    return f"{date_format(local.date(), 'j F Y', use_l10n=False)}, {local:%H:%M}"


def said_weekday(day: dt.date) -> str:
    """A day of the coming week with its name: "Tuesday, 1 December"."""
    return date_format(day, "l, j F", use_l10n=False)


def waited(since: dt.datetime, *, at: dt.datetime) -> str:
    """How long it has been since then: "under a minute", "26 minutes", "2 h 5 min", "1 d 6 h"."""
    seconds = int((at - since).total_seconds())
    if seconds < MINUTE:
        return _("under a minute")
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if seconds < DAY:
        return _two(_("{count} h"), seconds // HOUR, _("{count} min"), seconds % HOUR // MINUTE)
    return _two(_("{count} d"), seconds // DAY, _("{count} h"), seconds % DAY // HOUR)


def _two(greater: str, count: int, lesser: str, rest: int) -> str:
    """The greater unit, and the lesser where there is a rest of it."""
    parts = [greater.format(count=count), lesser.format(count=rest) if rest else ""]
    return " ".join(part for part in parts if part)


def midnight(*, day: dt.date, zone: str) -> dt.datetime:
    """When a day begins in `zone`."""
    return dt.datetime.combine(day, dt.time(), tzinfo=zone_of(zone))


def place(zone: str) -> str:
    """The city by which a time zone is called: "London" for "Europe/London"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
