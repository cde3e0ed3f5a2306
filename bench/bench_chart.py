"""The answer of a chart: the mood of 180 days as the project sends it, beside plotly's own div without its library.

Both draw the same: the person's check-ins, the estimate with its range, the usual range, a gap, events and the seven
days ahead. CPU seconds and bytes of what stands in the page for the chart, in interleaved rounds; medians.

    script/bench chart
"""

import datetime as dt
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import django
import plotly.graph_objects as plotly
from django.conf import settings
from plotly.io import to_html

from dashboard.figures.fold import folded_script
from dashboard.figures.mood import mood_figure
from dashboard.figures.shown import Estimate, Event, Label, Shown

DAYS, ROUNDS = 180, 31
TODAY = dt.date(2026, 11, 23)
AIM_CPU, AIM_BYTES = 6.0, 8.0


def shown() -> Shown:
    """180 days with a gap of five, made by arithmetic alone."""
    first = TODAY - dt.timedelta(days=DAYS - 1)
    gap = (TODAY - dt.timedelta(days=20), TODAY - dt.timedelta(days=16))
    days = [first + dt.timedelta(days=number) for number in range(DAYS)]
    known = [day for day in days if not gap[0] <= day <= gap[1]]
    return Shown(
        first=first,
        last=TODAY,
        moods=[(day, float((day.toordinal() * 7) % 5 + 3)) for day in known if day.toordinal() % 5],
        estimates=[_estimate(day) for day in days],
        usual=(5.1, 7.2),
        gaps=[gap],
        gap_words=[("No", "check-ins", "3–7 Nov")],
        events=[Event(TODAY - dt.timedelta(days=40), "Plan signed"), Event(TODAY, "Today", strong=True)],
        labels=[Label(6.0, ("AI estimate 6", "likely 5.4 to 6.6"), "var(--c1)", strong=True)],
        ahead=[_estimate(TODAY + dt.timedelta(days=number)) for number in range(1, 8)],
    )


def _estimate(day: dt.date) -> Estimate:
    level = round(5.5 + (day.toordinal() * 13 % 17) / 10, 1)
    return Estimate(day, level, round(level - 0.6, 1), round(level + 0.6, 1))


def ours(given: Shown) -> str:
    """What stands in our page."""
    return folded_script(mood_figure(given))


def div_only(given: Shown) -> str:
    """What plotly puts into a page that brings its library itself; it has to be told the names of the days."""
    figure = _coloured(mood_figure(given))
    figure["data"][-1]["text"] = [f"{day.day} {day:%B}" for day, _mood in given.moods]
    made = plotly.Figure({"data": figure["data"], "layout": figure["layout"]})
    return str(to_html(made, full_html=False, include_plotlyjs=False))


def _coloured(value: Any) -> Any:
    """Plotly takes no variables for colours: one colour in the place of each."""
    if isinstance(value, str):
        return re.sub(r"var\(--[\w-]+\)", "#123456", value)
    if isinstance(value, list):
        return [_coloured(each) for each in value]
    return {name: _coloured(each) for name, each in value.items()} if isinstance(value, dict) else value


def measured(make: Callable[[Shown], str], given: Shown) -> tuple[float, int]:
    """CPU seconds and bytes of one answer."""
    began = time.process_time()
    text = make(given)
    return time.process_time() - began, len(text.encode())


def main() -> None:
    settings.configure(USE_I18N=True)
    django.setup()
    given = shown()
    for make in (ours, div_only):  # plotly imports and builds much at first use
        make(given)
    rounds = [(measured(ours, given), measured(div_only, given)) for _ in range(ROUNDS)]
    cpu = [statistics.median(pair[side][0] for pair in rounds) for side in (0, 1)]
    size = [rounds[0][side][1] for side in (0, 1)]
    ratios = cpu[1] / cpu[0], size[1] / size[0]
    print("| chart of 180 days | CPU ms | bytes |\n|---|---|---|")
    print(f"| as the project sends it | {cpu[0] * 1e3:.2f} | {size[0]} |")
    print(f"| plotly's div without its library (anchor) | {cpu[1] * 1e3:.2f} | {size[1]} |")
    print(f"| times less (aim {AIM_CPU:.0f} and {AIM_BYTES:.0f}) | {ratios[0]:.1f}x | {ratios[1]:.1f}x |")


if __name__ == "__main__":
    main()
