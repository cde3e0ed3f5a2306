"""The charts of one record for its page: mood with its reading, the newest check-ins, and the other signals."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.clock import local_date
from clinic.models.observation import Observation, Signal
from clinic.series import of_observations
from dashboard.access import ActingRequest
from dashboard.caseload import check_ins
from dashboard.caseload.chart import Chart, mood_chart
from dashboard.caseload.check_ins import CheckInLine
from dashboard.caseload.course import RANGES, Course, range_links, range_of, stamp_of
from dashboard.caseload.happenings import happenings
from dashboard.caseload.loader import Record
from dashboard.caseload.reading import ReadingWords, as_of, reading_words, release_name
from dashboard.caseload.signals import LOOK_BACK_DAYS, Signals, signals_of
from recommendations import readings
from recommendations.forecasts import WINDOW_DAYS, days_ahead
from recommendations.models.reading import MoodReading
from recommendations.publications import Released

MOST_CHECK_INS = 14
"""Check-ins in words on the page: two weeks. The chart and its table hold all of the range."""


@dataclass(frozen=True, slots=True)
class Mood:
    """What is known of the mood: without consent to share it is empty, without AI it has no reading."""

    chart: Chart | None
    reading: ReadingWords | None
    made: str
    check_ins: list[CheckInLine]
    latest: MoodReading | None
    most_check_ins: int = MOST_CHECK_INS


@dataclass(frozen=True, slots=True)
class Charts:
    """The mood and the other signals of one record."""

    mood: Mood
    signals: Signals


def charts_of(request: ActingRequest, record: Record, released: Sequence[Released], *, path: str) -> Charts:
    """The charts of this record over the range that the address asks for: two queries. `path` is the page's own."""
    today, shared = local_date(at=request.at, zone=record.patient.zone), record.standing.shared_sources
    span = range_of(request.GET.get("range", ""))
    days, stamp = RANGES[span][0], stamp_of(request.at, zone=record.zone)
    rows = _rows(record, today=today, days=days)
    mood = Mood(None, None, "", [], None)
    if record.standing.shared:
        moods = [row for row in rows if row.signal == Signal.MOOD]
        course = _course(record, moods, released, today=today, days=days)
        lines = check_ins.lines_of(
            [row for row in moods if row.local_date >= course.first],
            record.ring,
            patient=record.patient,
            most=MOST_CHECK_INS,
            at=request.at,
        )
        mood = _mood(mood_chart(course, links=range_links(path, span), stamp=stamp), course, record, lines)
    series = of_observations(row for row in rows if row.signal != Signal.MOOD)
    return Charts(mood, signals_of(series, shared=shared, today=today, days=days, stamp=stamp))


def _rows(record: Record, *, today: dt.date, days: int) -> list[Observation]:
    """All numbers of the page. They reach back as far as the forecast and the usual ranges need, whatever is shown."""
    return check_ins.with_signals(
        record.patient,
        moods_since=today - dt.timedelta(days=max(days, WINDOW_DAYS) - 1),
        since=today - dt.timedelta(days=max(days, LOOK_BACK_DAYS) - 1),
        sources=record.standing.shared_sources,
    )


def _course(
    record: Record, rows: Sequence[Observation], released: Sequence[Released], *, today: dt.date, days: int
) -> Course:
    since = today - dt.timedelta(days=days - 1)
    allowed, moods = record.standing.ai_allowed, check_ins.daily(rows)
    series = readings.series([record.patient.pk], since=since).select_related("release") if allowed else ()
    found = list(series)
    return Course(
        today=today,
        days=days,
        moods=moods,
        readings=found,
        happenings=happenings(record.standing, released, found, zone=record.zone),
        ahead=days_ahead(moods, today=today) if allowed else (),
    )


def _mood(chart: Chart, course: Course, record: Record, lines: list[CheckInLine]) -> Mood:
    latest = course.latest
    return Mood(
        chart=chart,
        reading=reading_words(latest) if record.standing.ai_allowed else None,
        made=f"{release_name(latest)}, {as_of(latest, today=course.today)}" if latest else "",
        check_ins=lines,
        latest=latest,
    )
