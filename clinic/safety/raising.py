"""Where a reader that learnt may raise what the rules found. It can never lower it (SR-22)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Final, Protocol

from clinic.safety.classifier.model import Judgement
from clinic.safety.detection import Detection, Span, joined
from clinic.safety.levels import Level
from clinic.safety.matching import Pages
from clinic.safety.quoting import quote
from clinic.safety.thresholds import Thresholds

CLASSIFIER: Final = "classifier"
"""Stands among the rules of a detection where the classifier raised it."""
_LEAST_TELLING: Final = "distress"
"""The kind of a text where a plugged-in reader names one that the rules do not know."""
_MOST_BY_SCORE: Final = {"distress": 0.89}
"""Who says that they cannot cope has a card; under the shipped thresholds nobody is called for that score alone."""
_FRAMES_FROM: Final = 0.3
"""Below this no threshold is of use, and frames are not looked for."""
_LEAST_WORDS: Final = 3
"""Fewer words than these say nothing by themselves."""
_MOST_SENTENCES: Final = 80
_SENTENCE: Final = re.compile(r"[^.!?…\n]*[^\s.!?…][^.!?…\n]*[.!?…]*")


class Reader(Protocol):
    """Judges texts. A clinic may plug in a stronger one than the shipped classifier; each can only raise."""

    def judge(self, text: str) -> Judgement:
        """Score a text."""


def raised(
    found: Detection, pages: Pages, judged: Judgement, reader: Reader, *, thresholds: Thresholds
) -> Detection:
    """What rules found and what `reader` made of the text, together. `judged` is its judgement of the whole text."""
    score = _counted(found, pages, judged, reader)
    return above(found, pages, judged, reader, score=score, thresholds=thresholds)


def above(
    found: Detection,
    pages: Pages,
    judged: Judgement,
    reader: Reader,
    *,
    score: float,
    thresholds: Thresholds,
) -> Detection:
    """What was found, raised where this score calls for more. `reader` finds the sentence that an alert discloses."""
    joint = judged.joint[found.level]
    scored = replace(found, score=joint, classifier=score)
    level = thresholds.level_of(score)
    if level <= found.level:
        return scored
    kinds = pages.rule_set.categories
    category = judged.category if judged.category in kinds else _LEAST_TELLING
    span = _most_telling(pages.text, reader, category=category, level=level)
    by_score = Detection(
        level=level,
        categories=(category,),
        rules=(CLASSIFIER,),
        spans=(span,),
        words=(quote(pages.text, span.start, span.end),),
        cards=(kinds[category].cards[level],),
        rule_set=found.rule_set,
        has_rules=found.has_rules,
        score=joint,
        classifier=score,
    )
    return joined(by_score, scored)


def _counted(found: Detection, pages: Pages, judged: Judgement, reader: Reader) -> float:
    """The score that is held against thresholds: of what is said of now and of oneself.

    What is denied, or told of another time, person or story, does not count by its score. Nothing is taken from a text
    that may be disguised, so that no disguise can lower what counts.
    """
    text, score = pages.text, min(judged.score, _MOST_BY_SCORE.get(judged.category, 1.0))
    if score < _FRAMES_FROM or pages.is_disguised:
        return score
    guarded = [_sentence_of(text, span.start) for span in found.spans if span.guards]
    stretches = sorted([*pages.framed(pages.rule_set.frames), *guarded])
    if not stretches:
        return score
    rest = _without(text, stretches)
    return min(score, reader.judge(rest).score) if len(rest.split()) >= _LEAST_WORDS else 0.0


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
