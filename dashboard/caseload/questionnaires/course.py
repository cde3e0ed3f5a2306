"""The course of each instrument in one record: chart, what may be said about a change, and every form in a table."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import consent
from clinic.keys import Ring
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.questionnaire import Mode, QuestionnaireResponse, SafetyState
from clinic.questionnaires import corrections
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.definition import Definition
from dashboard.caseload.questionnaires.changes import change_of
from dashboard.caseload.questionnaires.parts import Cell, Chart, ChartKey, Column, Course
from dashboard.caseload.questionnaires.safety_answer import changed_words
from dashboard.caseload.questionnaires.words import (
    better_words,
    day_there,
    language_words,
    missing_words,
    total_words,
)
from dashboard.figures.totals import Shown, Total, totals_figure
from dashboard.times import said_date

MOST_ROWS = 200
"""Forms of one record that a page shows: four years of a form every week."""


def shared_sources(patient: Patient) -> set[str]:
    """The sources of forms whose answers this patient shares with their psychologist."""
    return {
        choice.source.value
        for choice in consent.choices(patient)
        if choice.given and choice.purpose == Purpose.SHARE
    } & {Source.QUESTIONNAIRE.value, Source.IMPORTED.value}


def responses_of(patient: Patient, sources: set[str]) -> list[QuestionnaireResponse]:
    """The forms of these sources as they were last corrected, oldest first: one query."""
    rows = QuestionnaireResponse.objects.filter(patient=patient, source__in=sources, superseded_by=None)
    newest = rows.select_related("instrument").order_by("-happened_at", "-pk")[:MOST_ROWS]
    return list(reversed(newest))


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose record it is, with what opens its words, and when it is read; `before` are the corrected forms as they
    first stood, by the form that stands now."""

    ref: str
    ring: Ring
    at: dt.datetime
    today: dt.date
    zone: str
    before: Mapping[UUID, list[QuestionnaireResponse]] = field(default_factory=dict)


def courses(rows: Sequence[QuestionnaireResponse], reader: Reader) -> list[Course]:
    """One course for each instrument, by name; one query where a form was corrected."""
    reader = replace(reader, before=corrections.before(rows))
    by_key = sorted(rows, key=lambda row: row.instrument.key)
    grouped = [list(each) for _key, each in groupby(by_key, lambda row: row.instrument.key)]
    made = [_course(each, reader) for each in grouped]
    return sorted(made, key=lambda course: course.name)


def _course(rows: list[QuestionnaireResponse], reader: Reader) -> Course:
    definition = of_row(rows[-1].instrument)
    columns, table = _table(rows, reader)
    return Course(
        key=definition.key,
        name=definition.name,
        title=definition.title,
        chart=_chart(definition, rows, today=reader.today),
        change=change_of(rows, reader.before.get(rows[-1].pk, ()), today=reader.today),
        columns=columns,
        rows=table,
    )


def _chart(definition: Definition, rows: list[QuestionnaireResponse], *, today: dt.date) -> Chart | None:
    counted = [(row, row.total) for row in rows if row.total is not None]
    if not counted:
        return None
    shown = Shown(
        totals=[Total(row.local_date, value, row.validated and not row.missing) for row, value in counted],
        lowest=definition.scoring.lowest,
        highest=definition.scoring.highest,
        line=definition.caseness,
        better_words=better_words(definition),
    )
    last, latest = counted[-1]
    finding = _("%(day)s: %(total)d of %(highest)d. %(better)s.") % {
        "day": said_date(last.local_date, today=today),
        "total": latest,
        "highest": definition.scoring.highest,
        "better": better_words(definition),
    }
    return Chart(
        id=f"course-{definition.key}",
        heading=f"{definition.name}: {definition.title}",
        finding=finding,
        caption="",
        figure=totals_figure(shown),
        key=_key(definition, shown),
        columns=(Column(_("Day")), Column(_("Total"))),
        rows=[[said_date(each.day, today=today), f"{each.value:g}"] for each in reversed(shown.totals)],
    )


def _line_words(definition: Definition) -> str:
    if definition.caseness is None:
        return ""
    words = _("Case: %(line)d or less") if definition.higher_is_better else _("Case: %(line)d or more")
    return words % {"line": definition.caseness}


def _key(definition: Definition, shown: Shown) -> tuple[ChartKey, ...]:
    line = _line_words(definition)
    uncertain = not all(each.certain for each in shown.totals)
    return (
        *([ChartKey("dash--reference", line)] if line else []),
        *([ChartKey("dot", _("answers missing, or not validated"))] if uncertain else []),
    )


def _table(
    rows: list[QuestionnaireResponse], reader: Reader
) -> tuple[tuple[Column, ...], list[list[object]]]:
    heads = (_("Day"), _("Total"), _("Safety question"), _("How it was filled in"))
    has_safety = any(row.safety_state != SafetyState.NONE for row in rows)
    table = [_table_row(row, reader, has_safety=has_safety) for row in reversed(rows)]
    return tuple(Column(head) for head in heads if has_safety or head != heads[2]), table


def _table_row(row: QuestionnaireResponse, reader: Reader, *, has_safety: bool) -> list[object]:
    url, before = (
        reverse("questionnaire-response", args=[reader.ref, row.pk]),
        reader.before.get(row.pk, []),
    )
    corrected = _("corrected") if row.supersedes_id else ""
    sub = " · ".join(filter(None, (day_there(row, reader.zone), corrected)))
    safety = Cell(
        str(SafetyState(row.safety_state).label),
        late=row.safety_state == SafetyState.REPORTED or corrections.reported_first(before),
        sub=changed_words(row, before, reader.ring, at=reader.at, zone=reader.zone),
    )
    return [
        Cell(said_date(row.local_date, today=reader.today), url=url, sub=sub),
        Cell(total_words(row), sub=missing_words(row)),
        *([safety] if has_safety else []),
        Cell(str(Mode(row.mode).label), sub=language_words(row)),
    ]
