"""The course of each instrument in one record: chart, what may be said about a change, and every form in a table."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from clinic import consent
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.questionnaire import Mode, QuestionnaireResponse, SafetyState
from clinic.questionnaires import change
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.change import REASONS, WORDS, NoWord, Point, Statement
from clinic.questionnaires.definition import Definition
from dashboard.caseload.questionnaires.parts import Cell, Change, Chart, ChartKey, Column, Course
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


def courses(
    ref: str, rows: Sequence[QuestionnaireResponse], *, today: dt.date, zone: str = ""
) -> list[Course]:
    """One course for each instrument, by name."""
    by_key = sorted(rows, key=lambda row: row.instrument.key)
    grouped = [list(each) for _key, each in groupby(by_key, lambda row: row.instrument.key)]
    made = [_course(ref, each, today=today, zone=zone) for each in grouped]
    return sorted(made, key=lambda course: course.name)


def _course(ref: str, rows: list[QuestionnaireResponse], *, today: dt.date, zone: str) -> Course:
    definition = of_row(rows[-1].instrument)
    columns, table = _table(ref, rows, today=today, zone=zone)
    return Course(
        key=definition.key,
        name=definition.name,
        title=definition.title,
        chart=_chart(definition, rows, today=today),
        change=change_of(rows, today=today),
        columns=columns,
        rows=table,
    )


def change_of(rows: Sequence[QuestionnaireResponse], *, today: dt.date) -> Change:
    """What may be said about a change, with its baseline, its number of forms and its caveats.

    Nobody is called recovered beside a form that reports thoughts of death or self-harm: it would reassure falsely.
    """
    reported = rows[-1].safety_state == SafetyState.REPORTED
    points = [Point(row.local_date, row.total, row.validated, of_row(row.instrument)) for row in rows]
    found = change.stated(points)
    if isinstance(found, NoWord):
        return Change(REASONS[found])
    since = ngettext(
        "Since %(day)s: from %(baseline)d to %(latest)d, over %(count)d form.",
        "Since %(day)s: from %(baseline)d to %(latest)d, over %(count)d forms.",
        found.points,
    ) % {
        "day": said_date(found.baseline_on, today=today),
        "baseline": found.baseline,
        "latest": found.latest,
        "count": found.points,
    }
    recovered = _("%(change)s, recovered") % {"change": WORDS[found.change]}
    return Change(
        words=recovered if found.recovered and not reported else WORDS[found.change],
        since=since,
        notes=_notes(found, reported=reported),
        is_worse=found.change is change.Change.WORSE,
    )


def _notes(found: Statement, *, reported: bool) -> tuple[StrOrPromise, ...]:
    notes: list[StrOrPromise] = []
    if reported:
        notes.append(
            _("The newest form reports thoughts of death or self-harm. The total says nothing about them.")
        )
    elif found.recovered:
        notes.append(_("Recovered: reliably better, and now on the other side of the caseness line."))
    if found.may_drift:
        notes.append(
            _("The first total was high. Totals that start high move back somewhat without any treatment.")
        )
    if found.left_out:
        words = ngettext(
            "%(count)d form is left out: without a total, not validated, or of another version.",
            "%(count)d forms are left out: without a total, not validated, or of another version.",
            found.left_out,
        )
        notes.append(words % {"count": found.left_out})
    return tuple(notes)


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
    ref: str, rows: list[QuestionnaireResponse], *, today: dt.date, zone: str
) -> tuple[tuple[Column, ...], list[list[object]]]:
    heads = (_("Day"), _("Total"), _("Safety question"), _("How it was filled in"))
    has_safety = any(row.safety_state != SafetyState.NONE for row in rows)
    table = [_table_row(ref, row, today=today, zone=zone, has_safety=has_safety) for row in reversed(rows)]
    return tuple(Column(head) for head in heads if has_safety or head != heads[2]), table


def _table_row(
    ref: str, row: QuestionnaireResponse, *, today: dt.date, zone: str, has_safety: bool
) -> list[object]:
    url = reverse("questionnaire-response", args=[ref, row.pk])
    corrected = _("corrected") if row.supersedes_id else ""
    sub = " · ".join(filter(None, (day_there(row, zone), corrected)))
    safety = Cell(str(SafetyState(row.safety_state).label), late=row.safety_state == SafetyState.REPORTED)
    return [
        Cell(said_date(row.local_date, today=today), url=url, sub=sub),
        Cell(total_words(row), sub=missing_words(row)),
        *([safety] if has_safety else []),
        Cell(str(Mode(row.mode).label), sub=language_words(row)),
    ]
