"""A signal's numbers in words: value and unit, how the last two weeks lie to what is usual, which way is better."""

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from clinic.models.observation import Signal
from clinic.signals import MEANINGS, Better
from recommendations.scoring.release import DayRules

RECENT_DAYS = DayRules().recent_days

BETTER: dict[Better, StrOrPromise] = {
    Better.HIGHER: gettext_lazy("Higher is better."),
    Better.LOWER: gettext_lazy("Lower is better."),
    Better.NEITHER: gettext_lazy("Neither more nor less is better in itself."),
}

BETTER_SINCE: dict[bool, StrOrPromise] = {
    True: gettext_lazy("%(value)s up from the time before, which is better."),
    False: gettext_lazy("%(value)s down from the time before, which is better."),
}
WORSE_SINCE: dict[bool, StrOrPromise] = {
    True: gettext_lazy("%(value)s up from the time before, which is worse."),
    False: gettext_lazy("%(value)s down from the time before, which is worse."),
}
"""By whether the number rose."""

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
        return _since_last(signal, values)
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


def _since_last(signal: Signal, values: Values) -> str:
    """How a form's total compares with the time before, and whether that is the better way."""
    if len(values) < 2:
        return _("Answered once in this time.")
    change = values[-1][1] - values[-2][1]
    if not change:
        return _("The same as the time before.")
    up, better = change > 0, MEANINGS[signal].better
    words: StrOrPromise
    told = {"value": said_value(signal, abs(change))}
    if better is Better.NEITHER:
        words = _("%(value)s more than the time before.") if up else _("%(value)s less than the time before.")
    elif up == (better is Better.HIGHER):
        words = BETTER_SINCE[up]
    else:
        words = WORSE_SINCE[up]
    return str(words) % told
