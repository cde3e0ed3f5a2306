"""Noticing danger in what a person wrote or answered. Pure: no database, no network, no file after import.

Rules are the floor. Whatever else may judge a text later can only be `joined` to what they found, so it
can raise the level and never lower it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clinic.safety.levels import Level
from clinic.safety.matching import Match, find
from clinic.safety.quoting import quote
from clinic.safety.ruleset import RuleSet, build, read

__all__ = ["Detection", "Level", "Span", "detect", "detect_answer", "joined"]

RULES: Final = build(read(Path(__file__).with_name("rules")))
# What item 9 is reported as: answered with 1 or more, left out, and answered so in a record from elsewhere.
ITEM_9: Final = "item-9"
ITEM_9_UNANSWERED: Final = "item-9-unanswered"
ITEM_9_IMPORTED: Final = "item-9-imported"
_DIGEST_SHOWN: Final = 12


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
    """What was noticed. `categories` and `cards` stand gravest first; `rule_set` names the exact rules.

    `words` are the sentences that hold what triggered rules, as typed, each once; nothing else of the text is in here.
    `has_rules` is False where no rule is written in the person's language: silence then says nothing.
    Its repr holds no words of the person, so it may stand in a log.
    """

    level: Level
    categories: tuple[str, ...]
    rules: tuple[str, ...]
    spans: tuple[Span, ...]
    words: tuple[str, ...] = field(repr=False)
    cards: tuple[str, ...]
    rule_set: str
    has_rules: bool

    @property
    def card(self) -> str | None:
        """The protocol whose help card is shown, or None where nothing was noticed."""
        return self.cards[0] if self.cards else None


def detect(text: str, *, language: str | None) -> Detection:
    """Read a text of any length for signs of danger.

    Every rule is tried whatever the `language` (a BCP 47 tag or None): people switch languages.
    """
    return detect_with(RULES, text, language=language)


def detect_with(rule_set: RuleSet, text: str, *, language: str | None) -> Detection:
    """The same with the rules of another set, for checking rules before they are used."""
    matches = _without_contained(find(text, rule_set))
    spans = tuple(
        Span(m.rule.id, m.rule.category, m.level, m.start, m.end, text[m.start : m.end], m.guards)
        for m in matches
    )
    words = _quotes(text, spans)
    return _detection(spans, words, rule_set, has_rules=_primary(language) in rule_set.languages)


def detect_answer(value: int) -> Detection:
    """Read the answer to item 9 of the PHQ-9 (0 to 3); any answer above 0 is urgent.

    No finer level is drawn from one answer, and 0 means "did not report on this form", never "no risk".
    Raises ValueError for any other value.
    """
    if value not in range(4):
        raise ValueError("item 9 is answered with 0, 1, 2 or 3")
    return of_answer(ITEM_9, Level.URGENT) if value else _detection((), (), RULES, has_rules=True)


def of_answer(rule: str, level: Level, *, words: str = "") -> Detection:
    """That the safety question of a form calls for a person; `words` are the question and its answer."""
    spans = (Span(rule, "suicidal_passive", level, 0, 0, ""),)
    return _detection(spans, (words,) if words else (), RULES, has_rules=True)


def joined(*detections: Detection) -> Detection:
    """What was noticed in any of several texts or by any of several judges: the gravest counts.

    Offsets of a span stay those of its own text. Raises ValueError without a detection.
    """
    if not detections:
        raise ValueError("nothing to join")
    first = detections[0]
    spans = tuple(dict.fromkeys(span for one in detections for span in one.spans))
    level = max(one.level for one in detections)
    by_gravity = sorted(detections, key=lambda one: -one.level)
    return Detection(
        level=level,
        categories=_once(name for one in by_gravity for name in one.categories),
        rules=_once(name for one in by_gravity for name in one.rules),
        spans=tuple(sorted(spans, key=lambda span: -span.level)),
        words=_once(quote for one in detections for quote in one.words),
        cards=_once(name for one in by_gravity for name in one.cards),
        rule_set=first.rule_set,
        has_rules=all(one.has_rules for one in detections),
    )


def _primary(language: str | None) -> str | None:
    return language.replace("_", "-").split("-")[0].lower() if language else None


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _without_contained(matches: list[Match]) -> list[Match]:
    """Leave out what says the same within a longer quote: one rule, one place, no higher level."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.level, m.start - m.end)):
        if not any(
            other.rule is match.rule and other.start <= match.start and match.end <= other.end
            for other in kept
        ):
            kept.append(match)
    return sorted(kept, key=lambda m: (-m.level, m.start, m.end))


def _quotes(text: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """The sentences that hold what triggered rules, in order; those that touch are one quote, each bounded."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if stretches and start < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return _once(quote(text, start, end) for start, end in stretches)


def _detection(
    spans: tuple[Span, ...], words: tuple[str, ...], rule_set: RuleSet, *, has_rules: bool
) -> Detection:
    order = list(rule_set.categories)
    graver_first = sorted(spans, key=lambda span: (-span.level, order.index(span.category), span.start))
    return Detection(
        level=max((span.level for span in spans), default=Level.NONE),
        categories=_once(span.category for span in graver_first),
        rules=_once(span.rule for span in graver_first),
        spans=spans,
        words=words,
        cards=_once(rule_set.categories[span.category].cards[span.level] for span in graver_first),
        rule_set=f"{rule_set.version}+{rule_set.digest[:_DIGEST_SHOWN]}",
        has_rules=has_rules,
    )
