"""One small chart of one signal on its own scale: drawn by the server, no script. Gaps break the line and are shaded.

What is measured day by day is a line; what is asked now and then (a questionnaire) stands as points that nothing joins.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.sparkline import GAP_DAYS, Bar, Days, Gap, Point, gaps

WIDTH, HEIGHT, EDGE = 240, 64, 5
"""User units of the picture and the room at each edge for a point."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """What `_components/signal_figure.html` draws; a segment is a row of "x,y" pairs."""

    width: int
    height: int
    usual: Bar | None
    gaps: tuple[Gap, ...]
    segments: tuple[str, ...]
    points: tuple[Point, ...]
    last: Point | None


@dataclass(frozen=True, slots=True)
class Frame:
    """From days and values to places in the picture. `low` to `high` is the signal's own scale here."""

    first: dt.date
    last: dt.date
    low: float
    high: float

    def x(self, day: dt.date) -> float:
        """Where a day lies."""
        return round(
            EDGE + (WIDTH - 2 * EDGE) * (day - self.first).days / max((self.last - self.first).days, 1), 1
        )

    def y(self, value: float) -> float:
        """Where a value lies, kept inside the picture."""
        share = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share, 1)


def multiple(
    values: Days,
    *,
    first: dt.date,
    last: dt.date,
    scale: tuple[float, float],
    usual: tuple[float, float] | None,
    joined: bool,
) -> Multiple:
    """The values between `first` and `last`, oldest first. `joined`: days in a row are a line, and silence is a gap."""
    shown = [(day, value) for day, value in values if first <= day <= last]
    frame = Frame(first, last, *scale)
    silences = gaps(shown, first=first, last=last) if joined and shown else []
    runs = _runs(shown) if joined else [[each] for each in shown]
    return Multiple(
        width=WIDTH,
        height=HEIGHT,
        usual=_bar(frame, usual),
        gaps=tuple(_gap(frame, *silence) for silence in silences),
        segments=tuple(
            " ".join(f"{frame.x(day)},{frame.y(value)}" for day, value in run) for run in runs if len(run) > 1
        ),
        points=tuple(Point(frame.x(run[0][0]), frame.y(run[0][1])) for run in runs if len(run) == 1),
        last=Point(frame.x(shown[-1][0]), frame.y(shown[-1][1])) if shown else None,
    )


def _bar(frame: Frame, usual: tuple[float, float] | None) -> Bar | None:
    if usual is None:
        return None
    top, bottom = frame.y(usual[1]), frame.y(usual[0])
    return Bar(y=top, height=max(round(bottom - top, 1), 1.0))


def _gap(frame: Frame, start: dt.date, end: dt.date) -> Gap:
    return Gap(x=frame.x(start), width=round(frame.x(end) - frame.x(start), 1))


def _runs(values: Sequence[tuple[dt.date, float]]) -> list[list[tuple[dt.date, float]]]:
    found: list[list[tuple[dt.date, float]]] = []
    for day, value in values:
        if found and (day - found[-1][-1][0]).days - 1 <= GAP_DAYS:
            found[-1].append((day, value))
        else:
            found.append([(day, value)])
    return found
