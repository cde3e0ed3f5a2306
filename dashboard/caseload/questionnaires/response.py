"""One form as its page shows it: total and band, what its safety question says, every answer."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from clinic.keys import Ring
from clinic.models.questionnaire import Mode, QuestionnaireResponse, SafetyState
from clinic.questionnaires import corrections
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.definition import Definition
from dashboard.caseload.questionnaires.parts import AnswerLine, ResponsePage, Term
from dashboard.caseload.questionnaires.safety_answer import changed_words
from dashboard.caseload.questionnaires.words import (
    better_words,
    language_words,
    missing_words,
    moment_words,
    total_words,
)
from dashboard.times import said


def page_of(
    row: QuestionnaireResponse,
    answers: Mapping[str, int | None] | None,
    ring: Ring,
    *,
    at: dt.datetime,
    zone: str,
) -> ResponsePage:
    """The page of one form; `answers` is None where they cannot be opened just now. A corrected form says what its
    safety question had said before."""
    before = corrections.before([row]).get(row.pk, [])
    definition = of_row(row.instrument)
    return ResponsePage(
        name=definition.name,
        title=definition.title,
        when=moment_words(row, at=at, here=zone),
        total=total_words(row),
        band=_("of %(highest)d. %(better)s.")
        % {"highest": definition.scoring.highest, "better": better_words(definition)},
        facts=_facts(row, definition, at=at, zone=zone),
        safety=SafetyState(row.safety_state).label if row.safety_state != SafetyState.NONE else "",
        prompt=" ".join(
            filter(None, [changed_words(row, before, ring, at=at, zone=zone), _prompt(row, before)])
        ),
        answers=_lines(definition, answers) if answers is not None else (),
        language=row.language,
        notice=definition.notice,
        closed="" if answers is not None else _("The answers cannot be opened just now. Reload in a minute."),
    )


def _prompt(row: QuestionnaireResponse, before: Sequence[QuestionnaireResponse]) -> str:
    """An answer that was taken back asks for the same as if it stood."""
    taken_back = corrections.reported_first(before)
    return prompt_of(SafetyState.REPORTED if taken_back else SafetyState(row.safety_state))


def prompt_of(state: SafetyState) -> str:
    """What the answer to the safety question asks of whoever reads it. No level and no chance is drawn from it."""
    if state == SafetyState.REPORTED:
        return _(
            "A positive screen asks for a structured risk assessment by a person, today. One answer says nothing about "
            "how great the danger is."
        )
    if state == SafetyState.UNANSWERED:
        return _("It was left out. That is not the same as “not at all”: ask.")
    if state == SafetyState.NOT_REPORTED:
        return _(
            "It does not rule danger out: in one large study, seven in ten people who died by suicide had answered "
            "“not at all” on their latest form."
        )
    return ""


def _facts(
    row: QuestionnaireResponse, definition: Definition, *, at: dt.datetime, zone: str
) -> tuple[Term, ...]:
    facts = [
        Term(_("How it was filled in"), str(Mode(row.mode).label)),
        Term(_("Language"), language_words(row)),
        Term(_("Time that it asks about"), _("%(days)d days") % {"days": definition.recall_days}),
        Term(_("Version"), f"{definition.name} {definition.version}"),
    ]
    if missing := missing_words(row):
        facts.insert(0, Term(_("Missing"), missing))
    if row.supersedes_id:
        when = said(row.recorded_at, at=at, zone=zone)
        words = _("The person corrected it, %(when)s; what stood before is kept.") % {"when": when}
        facts.append(Term(_("Corrected"), words))
    return tuple(facts)


def _lines(definition: Definition, answers: Mapping[str, int | None]) -> tuple[AnswerLine, ...]:
    safety = definition.safety.question if definition.safety else ""
    found = []
    for number, question in enumerate(definition.questions, start=1):
        option = definition.option(answers.get(question.code))
        found.append(
            AnswerLine(
                number=number,
                text=question.text,
                answer=option.text if option else _("Not answered"),
                value=str(option.value) if option else "",
                is_safety=question.code == safety,
            )
        )
    return tuple(found)
