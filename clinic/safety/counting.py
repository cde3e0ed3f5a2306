"""Which of the rules that hold in a text count, given what the classifier makes of it.

A rule that is often wrong, and any rule beside what makes it likely that words are quoted or told, counts only where
the classifier reads some danger too. Its score is the same however a text is disguised, so no disguise drops a rule.
"""

from __future__ import annotations

import re
from typing import Final

from clinic.safety.detection import Span
from clinic.safety.matching import Pages

READ_BY_CLASSIFIER: Final = frozenset({"en"})
"""The languages that the classifier has learnt. Rules of others never ask for its score."""
_QUOTED: Final = re.compile(r'["“”«][^"“”«»\n]{2,300}["“”»]')


def counting(spans: tuple[Span, ...], pages: Pages, score: float) -> tuple[Span, ...]:
    """The spans that count in a text to which the classifier gives this score."""
    if not spans:
        return spans
    rule_set = pages.rule_set
    hinted, quoted = _told(pages)
    rules = {rule.id: rule for rule in rule_set.rules}

    def needed(span: Span) -> float:
        rule, least = rules[span.rule], [0.0]
        if rule.language in READ_BY_CLASSIFIER:
            least += [rule_set.hinted_with_score] * _touches(hinted, span)
            least += [rule_set.quoted_with_score] * _touches(quoted, span)
        return max(rule.with_score, *least)

    return tuple(span for span in spans if score >= needed(span))


def _told(pages: Pages) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The stretches with a hint that they are told, and those in quotation marks; none in what may be disguised."""
    if pages.is_disguised:
        return [], []
    return pages.framed(pages.rule_set.hints), [found.span() for found in _QUOTED.finditer(pages.text)]


def _touches(stretches: list[tuple[int, int]], span: Span) -> bool:
    return any(start < span.end and span.start < end for start, end in stretches)
