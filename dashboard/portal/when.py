"""Times as people say them, in the patient's own zone: "today at 09:31", "on 23 November"."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clinic.clock import zone_of
from clinic.models.patient import Patient

MORNING, AFTERNOON, EVENING = 5, 12, 18
"""The hours at which the parts of a day begin. Before five nobody is told that the night is a good morning."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The patient's clock: its zone and the moment of the request."""

    zone: dt.tzinfo
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The patient's present date."""
        return self.date_of(self.now)

    def date_of(self, at: dt.datetime) -> dt.date:
        """The patient's date at the moment `at`."""
        return at.astimezone(self.zone).date()

    def day(self, day: dt.date) -> str:
        """A date on its own: "23 November", with the year when it is another one."""
        return date_format(day, _day_format() if day.year == self.today.year else _year_format())

    def long_day(self, day: dt.date) -> str:
        """A date with its weekday: "Monday 23 November"."""
        return _("%(weekday)s %(date)s") % {"weekday": date_format(day, "l"), "date": self.day(day)}

    def time(self, at: dt.datetime) -> str:
        """The time of day: "09:31"."""
        return date_format(at.astimezone(self.zone), "H:i")

    def on_day(self, day: dt.date) -> str:
        """A date within a sentence: "today", "yesterday", "on 23 November"."""
        near = self._near(day)
        return near or _("on %(day)s") % {"day": self.day(day)}

    def clock(self, at: dt.datetime) -> str:
        """A moment of today by its time alone, "03:06"; of another day with its day."""
        return self.time(at) if self.date_of(at) == self.today else self.said(at)

    def said(self, at: dt.datetime) -> str:
        """A moment within a sentence: "today at 09:31", "on 23 November at 09:31"."""
        return _("%(day)s at %(time)s") % {"day": self.on_day(self.date_of(at)), "time": self.time(at)}

    def listed(self, at: dt.datetime) -> str:
        """A moment in a list: "today, 09:12", "18 November, 17:40"."""
        day = self.date_of(at)
        return _("%(day)s, %(time)s") % {"day": self._near(day) or self.day(day), "time": self.time(at)}

    def full(self, at: dt.datetime) -> str:
        """A moment with everything, for the record: "23 November 2026, 09:31"."""
        local = at.astimezone(self.zone)
        return f"{date_format(local, _year_format())}, {date_format(local, 'H:i')}"

    def stamp(self, at: dt.datetime) -> str:
        """The same where there are many under each other: "23 Nov 2026, 09:31"."""
        return date_format(at.astimezone(self.zone), "j M Y, H:i")

    def greeting(self, name: str) -> str:
        """A greeting that fits the part of the day; without a name where it cannot be opened."""
        hour = self.now.astimezone(self.zone).hour
        if hour < MORNING:
            return _("Hello, %(name)s") % {"name": name} if name else _("Hello")
        if hour < AFTERNOON:
            return _("Good morning, %(name)s") % {"name": name} if name else _("Good morning")
        if hour < EVENING:
            return _("Good afternoon, %(name)s") % {"name": name} if name else _("Good afternoon")
        return _("Good evening, %(name)s") % {"name": name} if name else _("Good evening")

    def _near(self, day: dt.date) -> str:
        ago = (self.today - day).days
        return _("today") if ago == 0 else _("yesterday") if ago == 1 else ""


def _day_format() -> str:
    return pgettext("format of a date", "j E")


def _year_format() -> str:
    return pgettext("format of a date", "j E Y")


def calendar_of(patient: Patient, *, at: dt.datetime) -> Calendar:
    """The calendar of this patient at the moment `at`."""
    return Calendar(zone_of(patient.zone), at)
