"""Which of the rules that hold in a text count, and at which level, given what the classifier makes of what is around.

Two witnesses are asked before anything is left out. A guard that stands elsewhere in the sentence ("film", "years ago")
lowers a match only where the classifier, too, reads little danger there; and a rule that is often wrong, or that stands
beside a hint or in quotation marks, counts only where it reads some. A score is the same however letters are disguised.
"""

from __future__ import annotations

import re
from typing import Final

from clinic.safety.detection import Span
from clinic.safety.judging import Judged
from clinic.safety.levels import Level
from clinic.safety.matching import Match, Pages

READ_BY_CLASSIFIER: Final = frozenset({"en"})
"""The languages that the classifier has learnt. Rules of others never ask for its score."""
_QUOTED: Final = re.compile(r'["“”«][^"“”«»\n]{2,300}["“”»]')


def counted(pages: Pages, judged: Judged) -> tuple[Span, ...]:
    """The spans that count, each at its level, gravest first."""
    matches = pages.matches()
    hinted, quoted = _told(pages) if matches else ([], [])
    spans = []
    for match in matches:
        score, rule_set = judged.near(match.start, match.end), pages.rule_set
        is_read = match.rule.language in READ_BY_CLASSIFIER
        needed = [match.rule.with_score]
        needed += [rule_set.hinted_with_score] * (is_read and _touches(hinted, match))
        needed += [rule_set.quoted_with_score] * (is_read and _touches(quoted, match))
        level = match.level if is_read and score >= rule_set.told_with_score else match.told
        if level > Level.NONE and score >= max(needed):
            spans.append(span_of(match, level, pages.text))
    return tuple(sorted(spans, key=lambda span: (-span.level, span.start, span.end)))


def span_of(match: Match, level: Level, text: str) -> Span:
    """A match at the level that counts."""
    rule, start, end = match.rule, match.start, match.end
    guards = match.guards if level < rule.level else ()
    return Span(rule.id, rule.category, level, start, end, text[start:end], guards)


def _told(pages: Pages) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The stretches with a hint that they are told, and those in quotation marks; none in what may be disguised."""
    if pages.is_disguised:
        return [], []
    return pages.framed(pages.rule_set.hints), [found.span() for found in _QUOTED.finditer(pages.text)]


def _touches(stretches: list[tuple[int, int]], match: Match) -> bool:
    return any(start < match.end and match.start < end for start, end in stretches)
