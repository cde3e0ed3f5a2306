"""What may be said about a change in one course: the one function's words, each with its forms, and the caveats."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from clinic.models.questionnaire import QuestionnaireResponse, SafetyState
from clinic.questionnaires import change, corrections
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.change import REASONS, WORDS, NoWord, Point, Since, Statement
from dashboard.caseload.questionnaires.parts import Change
from dashboard.times import said_date

WORSE = change.Change.WORSE


def change_of(
    rows: Sequence[QuestionnaireResponse],
    before: Sequence[QuestionnaireResponse] = (),
    *,
    today: dt.date,
) -> Change:
    """What may be said about a change: the gravest comparison first, then the others, with their forms and caveats.

    `before` is what the newest form said before it was corrected. Beside a form that reports thoughts of death or
    self-harm, or that first did, no word of improvement or recovery stands: it would reassure falsely.
    """
    points = [Point(row.local_date, row.total, row.validated, of_row(row.instrument)) for row in rows]
    found = change.stated(points)
    reported = [_reported(rows[-1], before)] if _reported(rows[-1], before) else []
    if isinstance(found, NoWord):
        return Change(REASONS[found], notes=tuple(reported))
    lines = [
        (found.change, _first(found, reassure=not reported), _since_first(found, today=today)),
        *((each.change, WORDS[each.change], words) for each, words in _later(found, today=today)),
    ]
    lines.sort(key=lambda line: line[0] is not WORSE)
    if reported:
        lines = [line for line in lines if line[0] is not change.Change.IMPROVED] or [
            (found.change, _("Nothing is called better beside this form"), lines[0][2])
        ]
    (_change, words, since), *others = lines
    told = [_("%(since)s %(words)s.") % {"since": since, "words": words} for _kind, words, since in others]
    return Change(words, since, (*reported, *told, *_caveats(found, reassure=not reported)), found.is_worse)


def _reported(newest: QuestionnaireResponse, before: Sequence[QuestionnaireResponse]) -> str:
    if newest.safety_state == SafetyState.REPORTED:
        return _("The newest form reports thoughts of death or self-harm. The total says nothing about them.")
    if corrections.reported_first(before):
        return _(
            "The newest form first reported thoughts of death or self-harm; that answer was changed afterwards. Ask."
        )
    return ""


def _first(found: Statement, *, reassure: bool) -> StrOrPromise:
    if found.recovered and reassure and not found.is_worse:
        return _("%(change)s, recovered") % {"change": WORDS[found.change]}
    return WORDS[found.change]


def _since_first(found: Statement, *, today: dt.date) -> str:
    return ngettext(
        "Since %(day)s: from %(baseline)d to %(latest)d, over %(count)d form.",
        "Since %(day)s: from %(baseline)d to %(latest)d, over %(count)d forms.",
        found.points,
    ) % {
        "day": said_date(found.baseline_on, today=today),
        "baseline": found.baseline,
        "latest": found.latest,
        "count": found.points,
    }


def _later(found: Statement, *, today: dt.date) -> list[tuple[Since, str]]:
    """The comparisons with later forms than the first; the form before is named once where it is the best one too."""
    best, last = found.since_best, found.since_last
    named = [
        (best, _("Since the best form, %(day)s: from %(before)d to %(latest)d.")),
        (
            last if best is None or last is None or last.on != best.on else None,
            _("Since the form before, %(day)s: from %(before)d to %(latest)d."),
        ),
    ]
    return [
        (each, words % {"day": said_date(each.on, today=today), "before": each.total, "latest": found.latest})
        for each, words in named
        if each
    ]


def _caveats(found: Statement, *, reassure: bool) -> list[StrOrPromise]:
    notes: list[StrOrPromise] = []
    if found.recovered and reassure and not found.is_worse:
        notes.append(_("Recovered: reliably better, and now on the other side of the caseness line."))
    if found.may_drift and not found.is_worse:
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
    return notes
