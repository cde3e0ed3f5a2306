"""The other signals that a person shares: small charts, each on its own scale, with its sentence and one table for all.

No chart takes a direction for granted: which way is better is said in words for each signal (SR-6), and for most of
them neither way is.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.models.consent import Source
from clinic.models.observation import Signal
from clinic.series import Day
from clinic.signals import MEANINGS
from dashboard.caseload.course import days_in_words
from dashboard.caseload.signal_words import BETTER, finding, said_value, usual_words
from dashboard.figures.multiple import Multiple, multiple
from dashboard.figures.sparkline import gaps
from dashboard.times import said_date
from recommendations.usual import usual_of_days

ASKED = (Signal.PHQ9, Signal.PHQ8, Signal.GAD7)
"""Asked now and then: points that nothing joins, no usual range, on the whole scale of the form."""

OTHERS = tuple(signal for signal in Signal if signal is not Signal.MOOD)
LOOK_BACK_DAYS = 104
"""The days from which a usual range is made, as for mood: the last 14 and the 90 before them."""


@dataclass(frozen=True, slots=True)
class SignalChart:
    """One small chart: the newest number, one sentence, which way is better, what was silent."""

    id: str
    heading: StrOrPromise
    newest: str
    finding: str
    usual: str
    better: StrOrPromise
    silent: str
    picture: Multiple
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Signals:
    """All small charts of one record with their table; `quiet` says what is shared without numbers, `closed` what is
    not shared."""

    charts: tuple[SignalChart, ...]
    columns: list[dict[str, str]]
    rows: list[list[str]]
    quiet: str
    closed: str
    stamp: str
    caption: StrOrPromise


def signals_of(
    series: Mapping[Signal, Sequence[Day]],
    *,
    shared: Sequence[Source],
    today: dt.date,
    days: int,
    stamp: str,
) -> Signals:
    """The charts of what is in `series`, over the last `days` days. No query."""
    first = today - dt.timedelta(days=days - 1)
    shown: dict[Signal, Sequence[Day]] = {
        signal: found
        for signal in OTHERS
        if (found := [each for each in series.get(signal, ()) if first <= each.day <= today])
    }
    charts = [
        _chart(signal, shown[signal], series[signal], first=first, today=today)
        for signal in OTHERS
        if signal in shown
    ]
    seen = {each.source for found in shown.values() for each in found}
    other = [source for source in Source if source is not Source.CHECK_IN]
    return Signals(
        charts=tuple(charts),
        columns=[{"label": _("Day")}, *({"label": _head(signal)} for signal in shown)],
        rows=_rows(shown, today=today),
        quiet=", ".join(str(each.label) for each in other if each in shared and each not in seen),
        closed=", ".join(str(each.label) for each in other if each not in shared),
        stamp=stamp,
        caption=_("Other signals, day by day"),
    )


def _chart(
    signal: Signal, shown: Sequence[Day], known: Sequence[Day], *, first: dt.date, today: dt.date
) -> SignalChart:
    values = [(each.day, each.value) for each in shown]
    asked, whole = signal in ASKED, [(each.day, each.value) for each in known]
    usual = None if asked else usual_of_days(whole, today=today)
    scale = _scale(signal, [value for _day, value in values], usual)
    silent = [] if asked else gaps(values, first=first, last=today)
    return SignalChart(
        id=f"signal-{signal.value}",
        heading=signal.label,
        newest=_("%(value)s, %(day)s")
        % {"value": said_value(signal, values[-1][1]), "day": said_date(values[-1][0], today=today)},
        finding=finding(signal, values, usual=usual, today=today, asked=asked),
        usual=usual_words(signal, usual) if usual else "",
        better=BETTER[MEANINGS[signal].better],
        silent=_("No numbers %(when)s.") % {"when": ", ".join(days_in_words(*gap) for gap in silent)}
        if silent
        else "",
        picture=multiple(values, first=first, last=today, scale=scale, usual=usual, joined=not asked),
        top=said_value(signal, scale[1], unit=False),
        bottom=said_value(signal, scale[0], unit=False),
    )


def _scale(signal: Signal, values: Sequence[float], usual: tuple[float, float] | None) -> tuple[float, float]:
    """The whole scale of a form; for all else from the least to the greatest that there is, usual range included."""
    if signal in ASKED:
        return MEANINGS[signal].lowest, MEANINGS[signal].highest
    everything = [*values, *(usual or ())]
    low, high = min(everything), max(everything)
    room = (high - low) * 0.05 or 1.0
    return max(low - room, MEANINGS[signal].lowest), min(high + room, MEANINGS[signal].highest)


def _head(signal: Signal) -> str:
    return _("%(signal)s, %(unit)s") % {"signal": signal.label, "unit": MEANINGS[signal].unit}


def _rows(shown: Mapping[Signal, Sequence[Day]], *, today: dt.date) -> list[list[str]]:
    """One row for each day with any number, newest first; a dash where a signal has none."""
    columns = [{each.day: each.value for each in found} for found in shown.values()]
    days = sorted({day for column in columns for day in column}, reverse=True)
    return [
        [
            said_date(day, today=today),
            *(
                said_value(signal, column[day], unit=False) if day in column else "–"
                for signal, column in zip(shown, columns, strict=True)
            ),
        ]
        for day in days
    ]
