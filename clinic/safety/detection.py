"""What was noticed in a text or an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from clinic.safety.levels import Level

SCORE_OF_RULES: Final = {Level.NONE: 0.0, Level.CONCERN: 0.75, Level.URGENT: 0.9, Level.EMERGENCY: 0.97}
"""The score of what rules alone found, where no text was read by the classifier."""


@dataclass(frozen=True, slots=True)
class Span:
    """One place that triggered a rule: character offsets in its text, and the words that stand there."""

    rule: str
    category: str
    level: Level
    start: int
    end: int
    words: str = field(repr=False)
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """What was noticed. `categories` and `cards` stand gravest first; `rule_set` names the exact rules and model.

    `words` are the sentences that hold what triggered rules, as typed, each once; nothing else of the text is in here.
    `has_rules` is False where no rule is written in the person's language: silence then says nothing.
    `score` (0 to 1) orders texts by rules and classifier together; `classifier` is the classifier's own. Neither is a
    probability that anything will happen. Its repr holds no words of the person, so it may stand in a log.
    """

    level: Level
    categories: tuple[str, ...]
    rules: tuple[str, ...]
    spans: tuple[Span, ...]
    words: tuple[str, ...] = field(repr=False)
    cards: tuple[str, ...]
    rule_set: str
    has_rules: bool
    score: float = 0.0
    classifier: float = 0.0

    @property
    def card(self) -> str | None:
        """The card of the gravest kind, or None where nothing was noticed; `protocols.card_of` says which is shown."""
        return self.cards[0] if self.cards else None


def joined(*detections: Detection) -> Detection:
    """What was noticed in any of several texts or by any of several judges: the gravest counts.

    Offsets of a span stay those of its own text. Raises ValueError without a detection.
    """
    if not detections:
        raise ValueError("nothing to join")
    spans = tuple(dict.fromkeys(span for one in detections for span in one.spans))
    by_gravity = sorted(detections, key=lambda one: -one.level)
    return Detection(
        level=max(one.level for one in detections),
        categories=once(name for one in by_gravity for name in one.categories),
        rules=once(name for one in by_gravity for name in one.rules),
        spans=tuple(sorted(spans, key=lambda span: -span.level)),
        words=once(quote for one in detections for quote in one.words),
        cards=once(name for one in by_gravity for name in one.cards),
        rule_set=detections[0].rule_set,
        has_rules=all(one.has_rules for one in detections),
        score=max(one.score for one in detections),
        classifier=max(one.classifier for one in detections),
    )


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in the order in which it first stands."""
    return tuple(dict.fromkeys(names))
