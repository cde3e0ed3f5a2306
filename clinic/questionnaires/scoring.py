"""From answers to a total, a band and what the safety question says. Every number comes from the instrument."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.models.questionnaire import SafetyState
from clinic.questionnaires.definition import Band, Definition

Answers = Mapping[str, int | None]
"""By question code: what the chosen answer counts, or None for one that was not answered."""


class UnfitAnswer(ValueError):
    """An answer to no question of the instrument, or of no value that it offers."""


@dataclass(frozen=True, slots=True)
class Score:
    """What answers add up to. `estimated` says that missing answers were put at the mean of the others."""

    total: int | None
    missing: int
    estimated: bool
    band: Band | None
    safety: SafetyState


def complete(definition: Definition, answers: Answers) -> dict[str, int | None]:
    """Every question with its answer or None. Raises UnfitAnswer for what the instrument does not offer."""
    values = {option.value for option in definition.options}
    unknown = set(answers) - {question.code for question in definition.questions}
    if unknown or any(value is not None and value not in values for value in answers.values()):
        raise UnfitAnswer(f"{definition.name} {definition.version} does not offer such an answer.")
    return {question.code: answers.get(question.code) for question in definition.questions}


def score(definition: Definition, answers: Answers) -> Score:
    """The total, its band and the safety question's state. A question without an answer never counts as 0."""
    whole = complete(definition, answers)
    given = [value for value in whole.values() if value is not None]
    missing = len(whole) - len(given)
    total = _total(definition, whole, given)
    return Score(
        total=total,
        missing=missing,
        estimated=total is not None and missing > 0,
        band=band_of(definition, total),
        safety=safety_of(definition, whole),
    )


def _total(definition: Definition, whole: Answers, given: list[int]) -> int | None:
    rule = definition.scoring
    never = any(whole.get(code) is None for code in rule.never_missing)
    if not given or never or len(whole) - len(given) > rule.most_missing:
        return None
    # Half a point counts as a whole one.
    return math.floor(sum(given) * len(whole) / len(given) * rule.factor + 0.5)


def band_of(definition: Definition, total: float | None) -> Band | None:
    """The named stretch in which a total lies, or None where there is no total or no such stretch."""
    if total is None:
        return None
    return next((band for band in definition.bands if band.lowest <= total <= band.highest), None)


def safety_of(definition: Definition, answers: Answers) -> SafetyState:
    """What the safety question says, independent of every other answer. 0 is "did not report", never "no risk"."""
    if definition.safety is None:
        return SafetyState.NONE
    value = answers.get(definition.safety.question)
    if value is None:
        return SafetyState.UNANSWERED
    return SafetyState.REPORTED if value >= definition.safety.least else SafetyState.NOT_REPORTED
