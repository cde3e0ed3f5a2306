"""Noticing danger in what a person wrote or answered. Pure: no database, no network, no file after import.

Rules are the floor. The classifier is `joined` to what they found, so it can raise the level and never lower it. So
can the readers that a clinic plugs in, which may be of any kind: see `readers`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clinic.safety import readers
from clinic.safety.classifier.model import shipped
from clinic.safety.counting import counted, span_of
from clinic.safety.detection import SCORE_OF_RULES, Detection, Span, joined, once
from clinic.safety.judging import Judged, judged
from clinic.safety.levels import Level
from clinic.safety.matching import Pages
from clinic.safety.quoting import quote
from clinic.safety.raising import raised
from clinic.safety.ruleset import RuleSet, build, read
from clinic.safety.sentences import without
from clinic.safety.steadying import steadied
from clinic.safety.thresholds import SHIPPED, Thresholds

__all__ = ["Detection", "Level", "Span", "detect", "detect_answer", "joined"]

RULES: Final = build(read(Path(__file__).with_name("rules")))
# What item 9 is reported as: answered with 1 or more, left out, and answered so in a record from elsewhere.
ITEM_9: Final = "item-9"
ITEM_9_UNANSWERED: Final = "item-9-unanswered"
ITEM_9_IMPORTED: Final = "item-9-imported"
_DIGEST_SHOWN: Final = 12


def detect(text: str, *, language: str | None, thresholds: Thresholds = SHIPPED) -> Detection:
    """Read a text of any length for signs of danger: by the rules, and by the classifier, which may raise them.

    Every rule is tried whatever the `language` (a BCP 47 tag or None): people switch languages.
    """
    text = steadied(text)
    pages, reader = Pages(text, RULES), shipped()
    read = judged(text, reader)
    counts = counted(pages, read, reader)
    found = _detection(counts.spans, pages, language)
    rest = text if pages.is_disguised else without(text, counts.lowered)
    read = read if rest == text else judged(rest, reader)
    found = raised(found, rest, read, reader, rule_set=RULES, thresholds=thresholds)
    for said in readers.judgements(text):
        by_it = raised(found, text, Judged(said), reader, rule_set=RULES, thresholds=thresholds)
        found = joined(found, by_it)
    return found


def detect_with(rule_set: RuleSet, text: str, *, language: str | None) -> Detection:
    """What the rules of a set find by themselves, where every guard is believed."""
    pages = Pages(text, rule_set)
    spans = (span_of(match, match.told, text) for match in pages.matches() if match.told)
    return _detection(tuple(spans), pages, language)


def detect_answer(value: int) -> Detection:
    """Read the answer to item 9 of the PHQ-9 (0 to 3); any answer above 0 is urgent.

    No finer level is drawn from one answer, and 0 means "did not report on this form", never "no risk".
    Raises ValueError for any other value.
    """
    if value not in range(4):
        raise ValueError("item 9 is answered with 0, 1, 2 or 3")
    return of_answer(ITEM_9, Level.URGENT) if value else _of_spans((), (), RULES, has_rules=True)


def of_answer(rule: str, level: Level, *, words: str = "") -> Detection:
    """That the safety question of a form calls for a person; `words` are the question and its answer."""
    spans = (Span(rule, "suicidal_passive", level, 0, 0, ""),)
    return _of_spans(spans, (words,) if words else (), RULES, has_rules=True)


def name_of(rule_set: RuleSet) -> str:
    """The rules and the classifier that read a text, by version and digest, and the readers that are plugged in."""
    model = shipped().card["digest"]
    parts = (rule_set.version, rule_set.digest[:_DIGEST_SHOWN], model[:_DIGEST_SHOWN], readers.digest())
    return "+".join(filter(None, parts))


def _primary(language: str | None) -> str | None:
    return language.replace("_", "-").split("-")[0].lower() if language else None


def _without_contained(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Leave out what says the same within a longer quote: one rule, one place, no higher level."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (-one.level, one.start - one.end)):
        if not any(
            other.rule == span.rule and other.start <= span.start and span.end <= other.end for other in kept
        ):
            kept.append(span)
    return tuple(sorted(kept, key=lambda one: (-one.level, one.start, one.end)))


def _quotes(text: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """The sentences that hold what triggered rules, in order; those that touch are one quote, each bounded."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if stretches and start < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return once(quote(text, start, end) for start, end in stretches)


def _detection(spans: tuple[Span, ...], pages: Pages, language: str | None) -> Detection:
    kept = _without_contained(spans)
    has_rules = _primary(language) in pages.rule_set.languages
    return _of_spans(kept, _quotes(pages.text, kept), pages.rule_set, has_rules=has_rules)


def _of_spans(
    spans: tuple[Span, ...], words: tuple[str, ...], rule_set: RuleSet, *, has_rules: bool
) -> Detection:
    order = list(rule_set.categories)
    level = max((span.level for span in spans), default=Level.NONE)
    graver_first = sorted(spans, key=lambda span: (-span.level, order.index(span.category), span.start))
    return Detection(
        level=level,
        categories=once(span.category for span in graver_first),
        rules=once(span.rule for span in graver_first),
        spans=spans,
        words=words,
        cards=once(rule_set.categories[span.category].cards[span.level] for span in graver_first),
        rule_set=name_of(rule_set),
        has_rules=has_rules,
        score=SCORE_OF_RULES[level],
    )
