"""Sparklines of people in a list, with what they show as one sentence."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.caseload.course import usual_of
from dashboard.caseload.reading import tenths
from dashboard.figures.sparkline import Sparkline, sparkline
from recommendations.models.reading import MoodReading
from recommendations.queue import SPARK_DAYS
from recommendations.signal_wording import number


def spark_of(
    moods: Sequence[tuple[dt.date, float]], *, today: dt.date, reading: MoodReading | None
) -> Sparkline:
    """Four weeks of check-ins with the usual range of `reading`, where there is one."""
    usual = usual_of(reading)
    label = _label(moods, usual)
    return sparkline(moods, last=today, days=SPARK_DAYS, usual=usual, label=label)


def _label(moods: Sequence[tuple[dt.date, float]], usual: tuple[float, float] | None) -> str:
    if not moods:
        return _("No check-ins in 28 days.")
    values = [mood for _day, mood in moods]
    words = ngettext(
        "Check-ins on %(count)d of 28 days, from %(low)s to %(high)s, last %(last)s.",
        "Check-ins on %(count)d of 28 days, from %(low)s to %(high)s, last %(last)s.",
        len(values),
    ) % {
        "count": len(values),
        "low": number(tenths(min(values))),
        "high": number(tenths(max(values))),
        "last": number(tenths(values[-1])),
    }
    if usual is None:
        return words
    usually = _("Usual %(low)s to %(high)s.") % {"low": number(usual[0]), "high": number(usual[1])}
    return f"{words} {usually}"
