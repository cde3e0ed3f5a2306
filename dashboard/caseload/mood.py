"""The mood of one record for a page: the chart, the reading in words, the newest check-ins."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.clock import local_date
from dashboard.access import ActingRequest
from dashboard.caseload import check_ins, plans
from dashboard.caseload.chart import Chart, mood_chart
from dashboard.caseload.check_ins import CheckInLine
from dashboard.caseload.course import RANGES, Course, range_links, range_of
from dashboard.caseload.loader import Record
from dashboard.caseload.reading import ReadingWords, as_of, reading_words, release_name
from recommendations import readings
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


def mood_of(request: ActingRequest, record: Record, released: Sequence[Released], *, path: str) -> Mood:
    """The mood of this record over the range that the address asks for: two queries. `path` is the page's own."""
    if not record.standing.shared:
        return Mood(None, None, "", [], None)
    patient, today = record.patient, local_date(at=request.at, zone=record.patient.zone)
    span = range_of(request.GET.get("range", ""))
    days = RANGES[span][0]
    since = today - dt.timedelta(days=days - 1)
    rows = check_ins.standing(patient, since=since)
    allowed = record.standing.ai_allowed
    series = readings.series([patient.pk], since=since).select_related("release") if allowed else ()
    course = Course(
        today=today,
        days=days,
        moods=check_ins.daily(rows),
        readings=list(series),
        signed=plans.signed_days(released, zone=record.zone),
    )
    latest = course.latest
    return Mood(
        chart=mood_chart(course, links=range_links(path, span)),
        reading=reading_words(latest) if allowed else None,
        made=f"{release_name(latest)}, {as_of(latest, today=today)}" if latest else "",
        check_ins=check_ins.lines_of(rows, record.ring, patient=patient, most=MOST_CHECK_INS, at=request.at),
        latest=latest,
    )
