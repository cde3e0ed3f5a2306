"""The small line of a person's own check-ins in lists: drawn by the server, no script, no cost per row."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT, EDGE = 116, 38, 4
"""User units of the picture and the room at each edge for the last point."""

HIGHEST = 10
GAP_DAYS = 3
"""More missing days than this are a gap: the pen is lifted and the gap is shaded. As in the scoring rules."""

Days = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class Bar:
    """The usual range: its upper edge and its height."""

    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without check-ins."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Point:
    """Where the last check-in lies."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sparkline:
    """What `_components/sparkline.html` draws; a segment is a row of "x,y" pairs."""

    width: int
    height: int
    label: str
    usual: Bar | None
    gaps: tuple[Gap, ...]
    segments: tuple[str, ...]
    last: Point | None


def sparkline(
    moods: Days, *, last: dt.date, days: int, usual: tuple[float, float] | None, label: str
) -> Sparkline:
    """The check-ins of the `days` days that end with `last`: (day, mean mood 0 to 10), oldest first.

    Days outside are left out. A stretch of more than three missing days breaks the line, at the ends too.
    """
    first = last - dt.timedelta(days=days - 1)
    shown = [(day, mood) for day, mood in moods if first <= day <= last]

    def x(day: dt.date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (day - first).days / max(days - 1, 1), 1)

    runs = _runs(shown)
    return Sparkline(
        width=WIDTH,
        height=HEIGHT,
        label=label,
        usual=Bar(y=_y(usual[1]), height=round(_y(usual[0]) - _y(usual[1]), 1)) if usual else None,
        gaps=tuple(
            Gap(x=x(start), width=round(x(end) - x(start), 1))
            for start, end in gaps(shown, first=first, last=last)
        ),
        segments=tuple(" ".join(f"{x(day)},{_y(mood)}" for day, mood in run) for run in runs),
        last=Point(x(shown[-1][0]), _y(shown[-1][1])) if shown else None,
    )


def gaps(moods: Days, *, first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
    """First and last missing day of each stretch of more than three, between `first` and `last`."""
    one = dt.timedelta(days=1)
    known = [first - one, *(day for day, _mood in moods), last + one]
    between = pairwise(known)
    return [(before + one, after - one) for before, after in between if (after - before).days - 1 > GAP_DAYS]


def _runs(moods: Days) -> list[list[tuple[dt.date, float]]]:
    runs: list[list[tuple[dt.date, float]]] = []
    for day, mood in moods:
        if runs and (day - runs[-1][-1][0]).days - 1 <= GAP_DAYS:
            runs[-1].append((day, mood))
        else:
            runs.append([(day, mood)])
    return runs


def _y(mood: float) -> float:
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * mood / HIGHEST, 1)
