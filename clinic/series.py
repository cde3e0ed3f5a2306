"""Numbers of a signal day by day: the one place that turns observations into what charts, tables, CSV and API show.

A day is the local date that was frozen when the number came, midnight to midnight where the person was, so neither a
night on which clocks change nor a later move shifts it. Several check-ins or points of one day are averaged; amounts
such as steps are added up. Where several sources have numbers for one day, the first of them in the order of
`Source` counts: two devices do not make twice the steps. What was corrected is left out. Nothing is filled in.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clinic.models.consent import Source
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.signals import MEANINGS

Row: TypeAlias = tuple[str, dt.date, float, str]
"""One observation that stands: signal, local date, value, source."""

_ORDER = {source.value: number for number, source in enumerate(Source)}
_SOURCES = {source.value: source for source in Source}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one signal: its value, from how many numbers of which source."""

    day: dt.date
    value: float
    count: int
    source: Source


def daily(rows: Iterable[Row]) -> dict[Signal, list[Day]]:
    """The days of each signal that has any, oldest first. The order of the rows does not matter."""
    found: dict[str, dict[dt.date, dict[str, list[float]]]] = defaultdict(lambda: defaultdict(dict))
    for name, day, value, source in rows:
        found[name][day].setdefault(source, []).append(value)
    return {
        (signal := Signal(name)): [_day(signal, day, values) for day, values in sorted(days.items())]
        for name, days in found.items()
    }


def read(
    patient: Patient,
    *,
    signals: Collection[Signal],
    sources: Collection[Source],
    since: dt.date,
    until: dt.date,
) -> dict[Signal, list[Day]]:
    """The days of these signals from these sources: one query, answered from the index alone.

    Ask only for sources that the patient shares with whoever looks.
    """
    rows = Observation.objects.filter(
        patient=patient,
        signal__in=signals,
        source__in=sources,
        superseded_at=None,
        local_date__range=(since, until),
    )
    return daily(rows.values_list("signal", "local_date", "value", "source"))


def of_observations(rows: Iterable[Observation]) -> dict[Signal, list[Day]]:
    """The same from rows that a page has fetched already."""
    return daily((row.signal, row.local_date, row.value, row.source) for row in rows)


def _day(signal: Signal, day: dt.date, by_source: Mapping[str, list[float]]) -> Day:
    source = min(by_source, key=lambda each: _ORDER[each])
    values = sorted(by_source[source])
    value = sum(values) if MEANINGS[signal].adds_up else sum(values) / len(values)
    return Day(day, value, len(values), _SOURCES[source])
