"""The answer to the safety question of a form in words, with what it was before it was corrected."""

import datetime as dt
import json
from collections.abc import Sequence

from django.utils.translation import gettext as _

from clinic.keys import CannotOpen, Ring
from clinic.models.questionnaire import QuestionnaireResponse, SafetyState
from clinic.questionnaires.catalogue import of_row
from dashboard.times import said


def answer_words(row: QuestionnaireResponse, ring: Ring) -> str:
    """The chosen answer in the form's own words; what its state says where the answers cannot be opened."""
    definition = of_row(row.instrument)
    try:
        answers = json.loads(row.unseal(ring, "answers"))
    except CannotOpen:
        answers = {}
    option = definition.option(answers.get(definition.safety.question)) if definition.safety else None
    return _("“%(answer)s”") % {"answer": option.text} if option else str(SafetyState(row.safety_state).label)


def changed_words(
    row: QuestionnaireResponse,
    before: Sequence[QuestionnaireResponse],
    ring: Ring,
    *,
    at: dt.datetime,
    zone: str,
) -> str:
    """ "First answered “Several days”; changed to “Not at all” today, 20:57", or "" where the answer is the same."""
    first, now = (answer_words(each, ring) for each in (before[-1], row)) if before else ("", "")
    if first == now:
        return ""
    words = _("First answered %(first)s; changed to %(now)s %(when)s.")
    return words % {"first": first, "now": now, "when": said(row.recorded_at, at=at, zone=zone)}
