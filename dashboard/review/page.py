"""Everything on a draft's page: evidence first, then the AI's reading and draft, then the decision."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import screening
from clinic.clock import local_date
from clinic.models.observation import Observation
from dashboard.access import ActingRequest
from dashboard.caseload import check_ins, plans
from dashboard.caseload.banner import Banner, banner, draft_url
from dashboard.caseload.chart import Chart, mood_chart
from dashboard.caseload.course import RANGES, Course, range_links, range_of, stamp_of
from dashboard.caseload.happenings import happenings
from dashboard.caseload.loader import Record
from dashboard.caseload.open_alerts import gravest
from dashboard.caseload.plans import PlanLine
from dashboard.caseload.reading import ReadingWords, as_of, reading_words, release_name
from dashboard.review import evidence
from dashboard.review.card import DraftCard, card_of
from dashboard.review.evidence import EvidencePart
from dashboard.review.safety_now import SafetyNow, safety_now
from recommendations import catalogue, contraindications, openings, publications, queue, readings, situation
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.queue import Place
from recommendations.scoring.mood import MOOD_1
from recommendations.words import WordsChanged, draft_words


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the patient's open drafts."""

    number: int
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The page of one draft. `card` is None where its words do not fit their digest, and nothing is shown of it.

    `in_place` are the steps that the patient can read now or soon: a draft is judged beside what was signed before.
    """

    banner: Banner
    chart: Chart
    parts: list[EvidencePart]
    opened: str
    reading: ReadingWords
    made: str
    tabs: tuple[Tab, ...]
    card: DraftCard | None
    newer: tuple[str, ...]
    now: SafetyNow
    in_place: tuple[PlanLine, ...]
    seen: str


def draft_page(
    request: ActingRequest, record: Record, draft: Suggestion, *, opened: frozenset[str]
) -> DraftPage:
    """The page of a draft of a patient who allows AI: ten queries."""
    today = local_date(at=request.at, zone=record.patient.zone)
    span = range_of(request.GET.get("range", ""))
    days = RANGES[span][0]
    back = draft.reading.as_of - dt.timedelta(days=MOOD_1.rules.facts_days)
    first = min(today - dt.timedelta(days=days - 1), back)
    rows = check_ins.standing(record.patient, since=first)
    series = list(readings.series([record.patient.pk], since=first).select_related("release"))
    released = publications.for_staff(record.patient, record.ring, at=request.at)
    course = Course(
        today=today,
        days=days,
        moods=check_ins.daily(rows),
        readings=series,
        happenings=happenings(record.standing, released, series, zone=record.zone),
    )
    place = queue.place_of(request.person, draft, at=request.at)
    shown_banner = banner(request, record, place=place)
    facts = contraindications.standing_of(record.patient, gravest=gravest(shown_banner.alerts))
    danger = safety_now(record, shown_banner.alerts, at=request.at, since=draft.recorded_at)
    path = reverse("draft", args=[record.patient.record_number, draft.pk])
    now = situation.of_draft(draft, record.patient, record.ring, ai_allowed=record.standing.ai_allowed)
    return DraftPage(
        banner=shown_banner,
        chart=mood_chart(course, links=range_links(path, span), stamp=stamp_of(request.at, zone=record.zone)),
        parts=evidence.parts_of(draft, course.moods, opened, today=today),
        opened=evidence.opened_words(draft, opened),
        reading=reading_words(draft.reading),
        made=f"{release_name(draft.reading)}, {as_of(draft.reading, today=today)}",
        tabs=_tabs(place, draft),
        card=_card(draft, record, facts, at=request.at),
        newer=_newer(draft, rows, course.latest, danger, today=today),
        now=danger,
        in_place=plans.steps_in_place(released, at=request.at, zone=record.zone),
        seen=now.token,
    )


def _card(
    draft: Suggestion, record: Record, facts: Mapping[str, screening.Standing], *, at: dt.datetime
) -> DraftCard | None:
    """The draft in its own words; None where they do not fit their digest."""
    try:
        return card_of(draft, draft_words(draft, record.ring), record, facts, at=at)
    except WordsChanged:
        return None


def opened_by(request: ActingRequest, draft: Suggestion) -> frozenset[str]:
    """The pieces that this person has opened so far: one query."""
    return openings.opened_keys(suggestion=draft, by=request.actor)


def _tabs(place: Place, draft: Suggestion) -> tuple[Tab, ...]:
    """A tab for each open draft of this patient; a single draft needs none."""
    tabs = tuple(
        Tab(
            number=number,
            label=catalogue.name_of(each.code),
            url=draft_url(each),
            current=each.suggestion_id == draft.pk,
        )
        for number, each in enumerate(place.of_patient, start=1)
    )
    return tabs if len(tabs) > 1 else ()


def _newer(
    draft: Suggestion,
    rows: Sequence[Observation],
    latest: MoodReading | None,
    danger: SafetyNow,
    *,
    today: dt.date,
) -> tuple[str, ...]:
    """What came after the draft: it warns, and never blocks."""
    since = sum(row.recorded_at > draft.recorded_at for row in rows)
    found = []
    if since:
        words = ngettext(
            "%(count)d check-in is newer than this draft.",
            "%(count)d check-ins are newer than this draft.",
            since,
        )
        found.append(words % {"count": since})
    if latest is not None and latest.pk != draft.reading_id and latest.as_of >= draft.reading.as_of:
        words = _("A newer reading, %(as_of)s, says: %(reading)s (%(range)s).")
        told = reading_words(latest)
        found.append(
            words % {"as_of": as_of(latest, today=today), "reading": told.words.lower(), "range": told.range}
        )
    return (*found, *danger.newer)
