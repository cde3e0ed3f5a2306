"""The mood chart of one record with its sentence and its table, from readings as stored and check-ins as they stand."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.caseload.chart_made import Made, forecast_made
from dashboard.caseload.chart_table import columns, table
from dashboard.caseload.course import Course, RangeLink, days_in_words, usual_of
from dashboard.caseload.happenings import Happening
from dashboard.caseload.reading import as_of, likely, release_name, tenths
from dashboard.figures.mood import mood_figure
from dashboard.figures.shown import Estimate, Event, Label, Shown
from dashboard.figures.sparkline import gaps
from recommendations.models.reading import MoodReading
from recommendations.scoring.mood import MOOD_1
from recommendations.signal_wording import number
from recommendations.wording import what_changed


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the key: kind "line", "band", "dot" or "band--usual"."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What `_components/figure_chart.html` shows."""

    id: str
    heading: str
    level: int
    finding: str
    caption: str
    figure: dict[str, Any]
    tag: str
    made: tuple[Made, ...]
    key: tuple[Key, ...]
    columns: list[dict[str, str]]
    rows: list[list[Any]]
    ranges: tuple[RangeLink, ...]
    size: str = ""


def mood_chart(course: Course, *, links: tuple[RangeLink, ...], stamp: str) -> Chart:
    """The chart of this course; without readings it shows the check-ins alone. `stamp` says as of when."""
    shown = _shown(course)
    latest = course.latest
    events = {each.day: each.full for each in shown.events if each.full}
    return Chart(
        id="mood",
        heading=_("Mood"),
        level=2,
        finding=_finding(course),
        caption=stamp,
        figure=mood_figure(shown),
        tag=_("AI estimate") if latest else "",
        made=_made(latest, course) if latest else (),
        key=_key(latest, ahead=bool(course.ahead)),
        columns=columns(with_estimate=latest is not None, with_events=bool(events)),
        rows=table(shown, today=course.today, with_estimate=latest is not None, events=events),
        ranges=links,
    )


def _shown(course: Course) -> Shown:
    moods = course.shown_moods
    missing = gaps(moods, first=course.first, last=course.today)
    latest = course.latest
    return Shown(
        first=course.first,
        last=course.today,
        moods=moods,
        estimates=[
            Estimate(each.as_of, tenths(each.level), tenths(each.lower), tenths(each.upper))
            for each in course.shown_readings
        ],
        usual=usual_of(latest),
        gaps=missing,
        gap_words=[(_("No"), _("check-ins"), days_in_words(*gap)) for gap in missing],
        events=_events(course),
        labels=_labels(course),
        ahead=[
            Estimate(each.day, tenths(each.middle), tenths(each.low), tenths(each.high))
            for each in course.ahead
        ],
    )


def _events(course: Course) -> list[Event]:
    """What happened, once a day, and today."""
    days: dict[dt.date, list[Happening]] = {}
    for each in course.shown_happenings:
        days.setdefault(each.day, []).append(each)
    told = [
        Event(day, ", ".join(each.short for each in of_day), full=". ".join(each.full for each in of_day))
        for day, of_day in days.items()
    ]
    return [*told, Event(course.today, _("Today"), strong=True)]


def _labels(course: Course) -> list[Label]:
    """What stands at the right end: usual range, last check-in, estimate with its interval."""
    found = []
    latest, usual = course.latest, usual_of(course.latest)
    if usual:
        found.append(Label(usual[1], (_("Usual range"),), "var(--accent)"))
    if moods := course.shown_moods:
        mean = not float(moods[-1][1]).is_integer()  # several answers of one day: nobody gave this one
        words = (_("Mean of the last day %(mood)s") if mean else _("Last check-in day %(mood)s")) % {
            "mood": number(tenths(moods[-1][1]))
        }
        found.append(Label(moods[-1][1], (words,), "var(--ink-2)"))
    if latest and latest.level is not None and latest.as_of >= course.first:
        words = _("AI estimate %(level)s") % {"level": number(tenths(latest.level))}
        found.append(Label(latest.level, (words, likely(latest)), "var(--c1)", strong=True))
    if course.ahead:
        end = course.ahead[-1]
        words = _("Forecast to %(day)s") % {"day": date_format(end.day, "j M")}
        found.append(Label(end.middle, (words, _("range: 8 times in 10")), "var(--c1)"))
    return found


def _finding(course: Course) -> str:
    days = len(course.shown_moods)
    covered = ngettext(
        "Check-ins on %(count)d of the last %(days)d days.",
        "Check-ins on %(count)d of the last %(days)d days.",
        days,
    ) % {"count": days, "days": course.days}
    if course.latest is None:
        return covered
    told = _("Last %(days)d days: %(changed)s")
    recent = {"days": MOOD_1.rules.recent_days, "changed": what_changed(course.latest.facts)}
    return f"{told % recent} {covered}"


def _key(latest: MoodReading | None, *, ahead: bool) -> tuple[Key, ...]:
    dots = Key("dot", _("check-in (0 to 10)"))
    if latest is None:
        return (dots,)
    line, band = Key("line", _("AI estimate")), Key("band", _("where it lies 8 times in 10"))
    usual = (Key("band key__band--usual", _("usual range")),) if usual_of(latest) else ()
    return (line, band, dots, *usual, *((Key("dash", _("AI forecast, clinicians only")),) if ahead else ()))


def _made(reading: MoodReading, course: Course) -> tuple[Made, ...]:
    made = (
        Made(_("Model release"), release_name(reading)),
        Made(_("Up to"), as_of(reading, today=course.today)),
        Made(_("Uses"), _("the mood numbers of check-ins; no words, nothing else")),
        Made(_("Range"), _("holds the level 8 times in 10; the usual range is the present one")),
    )
    return (*made, *forecast_made(course.ahead)) if course.ahead else made
