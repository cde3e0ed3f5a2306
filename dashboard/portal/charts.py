"""The patient's mood chart with its sentence, caption and table. The line stands in it only when it was signed."""

import datetime as dt
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from dashboard.figures.portal import Band, Dot, Shown, mood_figure
from dashboard.portal import diary, steps
from dashboard.portal.diary import DayMoods
from dashboard.portal.parts import Chart, ChartKey, Column
from dashboard.portal.when import Calendar
from recommendations.publications import EstimateDay, MoodEstimate

HEADINGS: dict[int, StrOrPromise] = {
    4: gettext_lazy("Your mood, four weeks"),
    8: gettext_lazy("Your mood, eight weeks"),
}
"""The lengths that the chart can have, in weeks."""


def since(calendar: Calendar, *, weeks: int) -> dt.date:
    """The first day of a chart of so many weeks that ends today."""
    return calendar.today - dt.timedelta(days=7 * weeks - 1)


def mood(
    days: list[DayMoods],
    estimate: MoodEstimate | None,
    calendar: Calendar,
    *,
    weeks: int,
    size: str = "short",
) -> Chart | None:
    """The chart of the last `weeks`, or None where there is nothing to draw."""
    first = since(calendar, weeks=weeks)
    line = [day for day in estimate.days if day.day >= first and day.level is not None] if estimate else []
    if not days and not line:
        return None
    shown_estimate = estimate if line else None
    return Chart(
        id="mood",
        heading=HEADINGS[weeks],
        finding=_finding(shown_estimate),
        caption=_caption(shown_estimate, calendar),
        figure=mood_figure(_shown(days, line, shown_estimate, first=first, last=calendar.today)),
        key=_key(shown_estimate),
        columns=_columns(shown_estimate),
        rows=_rows(days, line, calendar),
        size=size,
        made=steps.made(shown_estimate.signed, calendar) if shown_estimate else (),
    )


def _shown(
    days: list[DayMoods],
    line: list[EstimateDay],
    estimate: MoodEstimate | None,
    *,
    first: dt.date,
    last: dt.date,
) -> Shown:
    pauses = diary.gaps([each.day for each in days], until=last)
    return Shown(
        first=first,
        last=last,
        dots=[Dot(each.day, mood) for each in days for mood in each.moods],
        gaps=[(pause.first, pause.last) for pause in pauses],
        estimate=[Band(day.day, day.level, day.lower, day.upper) for day in line],
        usual=_usual(estimate),
    )


def _usual(estimate: MoodEstimate | None) -> tuple[float, float] | None:
    if estimate is None or estimate.usual_low is None or estimate.usual_high is None:
        return None
    return estimate.usual_low, estimate.usual_high


def _finding(estimate: MoodEstimate | None) -> str:
    if estimate is None:
        return ""
    words = _("%(sentence)s %(name)s has looked at this.")
    return words % {"sentence": estimate.sentence, "name": estimate.signed.name}


def _caption(estimate: MoodEstimate | None, calendar: Calendar) -> str:
    return steps.estimate_note(estimate, calendar) if estimate else _("Circles are your check-ins.")


def _key(estimate: MoodEstimate | None) -> tuple[ChartKey, ...]:
    if estimate is None:
        return ()
    return (
        ChartKey("dot", _("Check-in")),
        ChartKey("line", _("Signed estimate")),
        ChartKey("band", _("Where it likely lies")),
    )


def _columns(estimate: MoodEstimate | None) -> tuple[Column, ...]:
    own = (Column(_("Day")), Column(_("Check-in, 0 to 10")))
    return (*own, Column(_("Estimate")), Column(_("Likely from, to"))) if estimate else own


def _rows(days: list[DayMoods], line: list[EstimateDay], calendar: Calendar) -> list[list[str]]:
    """One row for each day with a check-in or an estimate, newest first."""
    moods, levels = {each.day: each.moods for each in days}, {day.day: day for day in line}
    every = sorted(set(chain(moods, levels)), reverse=True)
    rows = [[calendar.day(day), ", ".join(map(str, moods.get(day, ()))) or "–"] for day in every]
    if line:
        for row, day in zip(rows, every, strict=True):
            row.extend(_figures(levels.get(day)))
    return rows


def _figures(day: EstimateDay | None) -> list[str]:
    if day is None or day.level is None or day.lower is None or day.upper is None:
        return ["–", "–"]
    return [f"{day.level:.1f}", _("%(low).1f to %(high).1f") % {"low": day.lower, "high": day.upper}]
