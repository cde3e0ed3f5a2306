"""A signal's numbers in words: value and unit, how the last two weeks lie to what is usual, which way is better."""

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from clinic.models.observation import Signal
from clinic.signals import MEANINGS, Better
from dashboard.times import said_date
from recommendations.scoring.release import DayRules

RECENT_DAYS = DayRules().recent_days

BETTER: dict[Better, StrOrPromise] = {
    Better.HIGHER: gettext_lazy("Higher is better."),
    Better.LOWER: gettext_lazy("Lower is better."),
    Better.NEITHER: gettext_lazy("Neither more nor less is better in itself."),
}

Values = Sequence[tuple[dt.date, float]]


def said_value(signal: Signal, value: float, *, unit: bool = True) -> str:
    """A number as people say it, with its unit: "5.9 hours", "2,940 steps", "14 points"."""
    digits = 1 if abs(value) < 100 and not float(value).is_integer() else 0
    words = number_format(round(value, digits), digits, use_l10n=True, force_grouping=abs(value) >= 1_000)
    return _("%(value)s %(unit)s") % {"value": words, "unit": MEANINGS[signal].unit} if unit else words


def usual_words(signal: Signal, usual: tuple[float, float]) -> str:
    """The usual range: "Usually 6.1 to 7.9 hours."."""
    low, high = (said_value(signal, edge, unit=False) for edge in usual)
    return _("Usually %(low)s to %(high)s %(unit)s.") % {
        "low": low,
        "high": high,
        "unit": MEANINGS[signal].unit,
    }


def finding(
    signal: Signal, values: Values, *, usual: tuple[float, float] | None, today: dt.date, asked: bool
) -> str:
    """One sentence on what the numbers show, counted and not judged."""
    if asked:
        return _time_before(signal, values, today=today)
    recent = [value for day, value in values if (today - day).days < RECENT_DAYS]
    if not recent:
        return _("No numbers in the last 14 days.")
    if usual is None:
        return _("Too few days to say what is usual.")
    below, above = sum(value < usual[0] for value in recent), sum(value > usual[1] for value in recent)
    return _outside(below, above, len(recent))


def _outside(below: int, above: int, days: int) -> str:
    if not below and not above:
        return _("Inside the usual range on all days of the last 14 that have numbers.")
    if below and above:
        words = _(
            "Below the usual range on %(below)d and above it on %(above)d of the last %(days)d days with numbers."
        )
    elif below:
        words = ngettext(
            "Below the usual range on %(below)d of the last %(days)d days with numbers.",
            "Below the usual range on %(below)d of the last %(days)d days with numbers.",
            below,
        )
    else:
        words = ngettext(
            "Above the usual range on %(above)d of the last %(days)d days with numbers.",
            "Above the usual range on %(above)d of the last %(days)d days with numbers.",
            above,
        )
    return words % {"below": below, "above": above, "days": days}


def _time_before(signal: Signal, values: Values, *, today: dt.date) -> str:
    """The total before the newest one, and no word on whether that is a change: one function alone says that (SR-8)."""
    if len(values) < 2:
        return _("Answered once in this time.")
    day, total = values[-2]
    told = {"total": said_value(signal, total), "day": said_date(day, today=today)}
    return _("The time before: %(total)s, %(day)s.") % told
