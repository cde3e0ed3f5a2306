"""Where a reader that learnt may raise what the rules found. It can never lower it (SR-22)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Final, Protocol

from clinic.safety.classifier.model import Judgement
from clinic.safety.detection import SCORE_OF_RULES, Detection, Span, joined
from clinic.safety.levels import Level
from clinic.safety.matching import framed, is_disguised
from clinic.safety.quoting import quote
from clinic.safety.ruleset import RuleSet
from clinic.safety.thresholds import Thresholds

CLASSIFIER: Final = "classifier"
"""Stands among the rules of a detection where the classifier raised it."""
_LEAST_WORDS: Final = 3
"""Fewer words than these say nothing by themselves."""
_MOST_SENTENCES: Final = 80
_SENTENCE: Final = re.compile(r"[^.!?…\n]*[^\s.!?…][^.!?…\n]*[.!?…]*")


class Reader(Protocol):
    """Judges texts. A clinic may plug in a stronger one than the shipped classifier; each can only raise."""

    def judge(self, text: str, *, level: int = 0) -> Judgement:
        """Score a text; `level` is what the rules found in it."""


def raised(
    found: Detection, text: str, reader: Reader, *, rule_set: RuleSet, thresholds: Thresholds
) -> Detection:
    """What rules and reader found together."""
    judged = reader.judge(text, level=int(found.level))
    score = max(judged.joint, SCORE_OF_RULES[found.level])
    scored = replace(found, score=score, classifier=judged.score)
    level = thresholds.level_of(judged.score)
    if level > found.level and not is_disguised(text, rule_set):
        guarded = [_sentence_of(text, span.start) for span in found.spans if span.guards]
        stretches = sorted([*framed(text, rule_set), *guarded])
        level = _outside(stretches, text, level, reader, thresholds=thresholds)
    if level <= found.level:
        return scored
    span = _most_telling(text, reader, category=judged.category, level=level)
    above = Detection(
        level=level,
        categories=(judged.category,),
        rules=(CLASSIFIER,),
        spans=(span,),
        words=(quote(text, span.start, span.end),),
        cards=(rule_set.categories[judged.category].cards[level],),
        rule_set=found.rule_set,
        has_rules=found.has_rules,
        score=score,
        classifier=judged.score,
    )
    return joined(above, scored)


def _outside(
    stretches: list[tuple[int, int]], text: str, level: Level, reader: Reader, *, thresholds: Thresholds
) -> Level:
    """What is denied, or told of another time, person or story, raises by itself to a concern at most."""
    if not stretches:
        return level
    rest = _without(text, stretches)
    telling = len(rest.split()) >= _LEAST_WORDS
    outside = thresholds.level_of(reader.judge(rest).score) if telling else Level.NONE
    return max(outside, Level.CONCERN if level >= Level.URGENT else Level.NONE)


def _sentence_of(text: str, place: int) -> tuple[int, int]:
    """The sentence in which a place stands."""
    return next((found.span() for found in _SENTENCE.finditer(text) if found.end() > place), (place, place))


def _without(text: str, stretches: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in stretches:
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])


def _most_telling(text: str, reader: Reader, *, category: str, level: Level) -> Span:
    """The sentence that scores highest by itself: what an alert discloses."""
    sentences = [found.span() for found in islice(_SENTENCE.finditer(text), _MOST_SENTENCES)] or [
        (0, len(text))
    ]
    start, end = max(sentences, key=lambda span: reader.judge(text[slice(*span)]).score)
    return Span(CLASSIFIER, category, level, start, end, text[start:end])
