"""Where a reader that learnt may raise what the rules found. It can never lower it (SR-22)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from clinic.safety.detection import Detection, Span, joined
from clinic.safety.judging import Judged, Reader
from clinic.safety.levels import Level
from clinic.safety.quoting import quote
from clinic.safety.ruleset import RuleSet
from clinic.safety.sentences import sentences_of
from clinic.safety.thresholds import Thresholds

CLASSIFIER: Final = "classifier"
"""Stands among the rules of a detection where the classifier raised it."""
_LEAST_TELLING: Final = "distress"
"""The kind of a text where a plugged-in reader names one that the rules do not know."""
_MOST_BY_SCORE: Final = {"distress": 0.89}
"""Who says that they cannot cope has a card; under the shipped thresholds nobody is called for that score alone."""


def raised(
    found: Detection,
    text: str,
    judged: Judged,
    reader: Reader,
    *,
    rule_set: RuleSet,
    thresholds: Thresholds,
) -> Detection:
    """What rules found, raised where the gravest judgement of `text` calls for more.

    `reader` finds the sentence that an alert discloses.
    """
    gravest, kinds = judged.gravest, rule_set.categories
    category = gravest.category if gravest.category in kinds else _LEAST_TELLING
    score = min(gravest.score, _MOST_BY_SCORE.get(category, 1.0))
    joint = judged.joint(found.level)
    scored = replace(found, score=joint, classifier=score)
    level = thresholds.level_of(score)
    if level <= found.level:
        return scored
    span = _most_telling(text, reader, category=category, level=level)
    by_score = Detection(
        level=level,
        categories=(category,),
        rules=(CLASSIFIER,),
        spans=(span,),
        words=(quote(text, span.start, span.end),),
        cards=(kinds[category].cards[level],),
        rule_set=found.rule_set,
        has_rules=found.has_rules,
        score=joint,
        classifier=score,
    )
    return joined(by_score, scored)


def _most_telling(text: str, reader: Reader, *, category: str, level: Level) -> Span:
    """The sentence that scores highest by itself: what an alert discloses."""
    sentences = sentences_of(text) or [(0, len(text))]
    start, end = max(sentences, key=lambda span: reader.judge(text[slice(*span)]).score)
    return Span(CLASSIFIER, category, level, start, end, text[start:end])
