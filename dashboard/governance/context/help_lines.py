"""What the page of health says about the lines of help: which are shown here, and which somebody must mend."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.safety.resources import RESOURCES, HelpResource, resource_problems

Line = tuple[str, str, str, str]
"""Name, words, state and note of a line of the page."""


def help_lines(*, at: dt.datetime, resources: Sequence[HelpResource] = RESOURCES) -> list[Line]:
    """How many lines are shown in the clinic's country, then each record that is hidden and why. One query."""
    clinic = Clinic.objects.first()
    country, zone = (clinic.country, clinic.zone) if clinic else ("", "UTC")
    today, made_up = local_date(at=at, zone=zone), bool(clinic and clinic.is_demonstration)
    shown = [
        one
        for one in resources
        if one.country == country and one.may_be_shown(demonstration=made_up, today=today)
    ]
    hidden = [one for one in resources if not made_up or one.is_fictional]
    return [_shown(len(shown), country), *_problems(resource_problems(hidden, today=today))]


def _shown(count: int, country: str) -> Line:
    name = _("Lines of help for {country}").format(country=country or _("no country"))
    if not count:
        words = _("none is checked: cards say “your local emergency number”")
        return name, words, "ok", _("That is always right. A checked line is better.")
    words = ngettext("{count:,} line is shown", "{count:,} lines are shown", count)
    return name, words.format(count=count), "ok", ""


def _problems(found: list[str]) -> list[Line]:
    """A record that is overdue, incomplete or rejected is shown to nobody: somebody must ring the line again."""
    note = _("It is hidden from patients until somebody has checked it and its record says so.")
    return [(_("Line of help"), words, "late", note) for words in found]
