"""What a form's safety question calls for. It reads that one answer and nothing else: no total, no tier, no chance."""

from typing import Final

from clinic.models.questionnaire import SafetyState
from clinic.questionnaires.definition import Definition
from clinic.questionnaires.scoring import Answers, safety_of
from clinic.safety.detect import (
    ITEM_9,
    ITEM_9_IMPORTED,
    ITEM_9_UNANSWERED,
    Detection,
    detect_answer,
    of_answer,
)
from clinic.safety.levels import Level

NOTHING: Final = detect_answer(0)
"""The answer 0, or no such question: no alert opens. It is never "no risk" (SR-12)."""


def found_in(
    definition: Definition, answers: Answers, *, imported: bool = False, sent: bool = True
) -> Detection:
    """Urgent where the answer reaches the instrument's threshold, whatever all others are (SR-10).

    A form that was sent without that answer is a concern: a line for the psychologist (SR-7). An answer in a record
    from elsewhere is one too, with its own date: nobody is called for what was said to others then.
    """
    state = safety_of(definition, answers)
    if state is SafetyState.REPORTED:
        words = _disclosed(definition, answers)
        if imported:
            return of_answer(ITEM_9_IMPORTED, Level.CONCERN, words=words)
        return of_answer(ITEM_9, Level.URGENT, words=words)
    if state is SafetyState.UNANSWERED and sent and not imported:
        return of_answer(ITEM_9_UNANSWERED, Level.CONCERN, words=_disclosed(definition, answers))
    return NOTHING


def _disclosed(definition: Definition, answers: Answers) -> str:
    """The question and its answer: all that is passed on with the alert, even where nothing is shared."""
    assert definition.safety is not None  # noqa: S101  its state is not NONE
    question, option = (
        definition.question(definition.safety.question),
        definition.option(answers.get(definition.safety.question)),
    )
    asked = question.text if question else definition.safety.question
    return f"{asked}: {option.text if option else 'not answered'}"
