"""The mood chart of one record with its sentence and its table, from readings as stored and check-ins as they stand."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.caseload.chart_table import columns, table
from dashboard.caseload.course import Course, RangeLink, days_in_words, usual_of
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
class Made:
    """One line of "How this was made"."""

    term: str
    words: str


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


def mood_chart(course: Course, *, links: tuple[RangeLink, ...]) -> Chart:
    """The chart of this course; without readings it shows the check-ins alone."""
    shown = _shown(course)
    latest = course.latest
    return Chart(
        id="mood",
        heading=_("Mood"),
        level=2,
        finding=_finding(course),
        caption="",
        figure=mood_figure(shown),
        tag=_("AI estimate") if latest else "",
        made=_made(latest, course.today) if latest else (),
        key=_key(latest),
        columns=columns(with_estimate=latest is not None),
        rows=table(shown, today=course.today, with_estimate=latest is not None),
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
    )


def _events(course: Course) -> list[Event]:
    days = sorted({day for day in course.signed if course.first <= day < course.today})
    return [*(Event(day, _("Plan signed")) for day in days), Event(course.today, _("Today"), strong=True)]


def _labels(course: Course) -> list[Label]:
    """What stands at the right end: usual range, last check-in, estimate with its interval."""
    found = []
    latest, usual = course.latest, usual_of(course.latest)
    if usual:
        found.append(Label(usual[1], (_("Usual range"),), "var(--accent)"))
    if moods := course.shown_moods:
        words = _("Last check-in %(mood)s") % {"mood": number(tenths(moods[-1][1]))}
        found.append(Label(moods[-1][1], (words,), "var(--ink-2)"))
    if latest and latest.level is not None and latest.as_of >= course.first:
        words = _("AI estimate %(level)s") % {"level": number(tenths(latest.level))}
        found.append(Label(latest.level, (words, likely(latest)), "var(--c1)", strong=True))
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


def _key(latest: MoodReading | None) -> tuple[Key, ...]:
    dots = Key("dot", _("check-in (0 to 10)"))
    if latest is None:
        return (dots,)
    line, band = Key("line", _("AI estimate")), Key("band", _("where it lies 8 times in 10"))
    return (
        line,
        band,
        dots,
        *((Key("band key__band--usual", _("usual range")),) if usual_of(latest) else ()),
    )


def _made(reading: MoodReading, today: dt.date) -> tuple[Made, ...]:
    return (
        Made(_("Model release"), release_name(reading)),
        Made(_("Up to"), as_of(reading, today=today)),
        Made(_("Uses"), _("the mood numbers of check-ins; no words, nothing else")),
        Made(_("Range"), _("holds the level 8 times in 10; the usual range is the present one")),
    )
