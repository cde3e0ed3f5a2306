"""Which of the rules that hold in a text count, and at which level, given what the classifier makes of what is around.

Two witnesses are asked before anything is left out. A guard that stands elsewhere in the sentence ("film", "years ago")
lowers a match only where the classifier, too, reads little danger there; and a rule that is often wrong, or that stands
beside a hint or in quotation marks, counts only where it reads some. A score is the same however letters are disguised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clinic.safety.classifier.corpus import LANGUAGES
from clinic.safety.detection import Span
from clinic.safety.judging import Judged, Reader
from clinic.safety.levels import Level
from clinic.safety.matching import Match, Pages

READ_BY_CLASSIFIER: Final = frozenset(LANGUAGES)
"""The languages that the classifier has learnt. Rules of others never ask for its score."""
_CLAUSE: Final = re.compile(
    r"[,;:.!?…\n]|\b(?:and|but|while|after|before|when|then|because|so|during|и|а|но|пока|после|когда|va|lekin|keyin)\b",
    re.IGNORECASE,
)
_REACH: Final = 300
_HARDLY_TOLD: Final = 0.97
"""From this score on, not even a guard in the same clause is believed: "he plays a game where he touches me"."""
_QUOTED: Final = re.compile(r'["“”«][^"“”«»\n]{2,300}["“”»]')


@dataclass(frozen=True, slots=True)
class Counted:
    """The spans that count, each at its level, gravest first; and the places of what is denied or past (characters)."""

    spans: tuple[Span, ...]
    lowered: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """The stretches with a hint that they are told, and those in quotation marks (places of characters)."""

    hinted: tuple[tuple[int, int], ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()


def counted(pages: Pages, judged: Judged, reader: Reader) -> Counted:
    """What counts of the matches of a text."""
    matches = pages.matches()
    told = _told(pages) if matches else _Told()
    spans, lowered = [], []
    for match in matches:
        is_read = match.rule.language in READ_BY_CLASSIFIER
        level = match.level if is_read and _is_of_now(match, pages, judged, reader) else match.told
        if level < match.rule.level and not _far(match, pages) <= pages.rule_set.telling.by_clause:
            lowered.append((match.start, match.end))
        score = judged.near(match.start, match.end)
        is_enough = (
            _is_borne_out(match, pages, score, told, reader) if is_read else score >= match.rule.with_score
        )
        if level > Level.NONE and is_enough:
            spans.append(span_of(match, level, pages.text))
    return Counted(tuple(sorted(spans, key=lambda span: (-span.level, span.start, span.end))), tuple(lowered))


def _is_borne_out(match: Match, pages: Pages, score: float, told: _Told, reader: Reader) -> bool:
    """Whether the classifier reads enough danger around a match, or much in its clause, for it to count."""
    telling, rule = pages.rule_set.telling, match.rule
    if _touches(told.quoted, match):
        return score >= max(rule.with_score, telling.quoted_with_score)
    is_hinted = _touches(told.hinted, match)
    if score >= rule.with_score and not (is_hinted and score < telling.hinted_with_score):
        return True
    in_clause = reader.judge(_clause_of(pages.text, match)).score
    return in_clause >= (telling.hinted_with_score if score >= rule.with_score else telling.clause_with_score)


def span_of(match: Match, level: Level, text: str) -> Span:
    """A match at the level that counts."""
    rule, start, end = match.rule, match.start, match.end
    guards = match.guards if level < rule.level else ()
    return Span(rule.id, rule.category, level, start, end, text[start:end], guards)


def _far(match: Match, pages: Pages) -> set[str]:
    """The guards of a match that do not touch it; of one that is denied by its own words, those as well."""
    guards = pages.rule_set.guards
    is_denied = match.level < match.rule.level
    return {name for name in match.guards if is_denied or guards[name].is_far}


def _is_of_now(match: Match, pages: Pages, judged: Judged, reader: Reader) -> bool:
    """Whether guards elsewhere in the sentence are not believed: "he hit me after the film" tells of no film."""
    if match.told == match.level:
        return True
    rule_set = pages.rule_set
    far = {name for name in match.guards if rule_set.guards[name].is_far}
    clause = _clause_of(pages.text, match)
    if far <= rule_set.telling.by_clause:
        least = rule_set.telling.told_with_score
        if Pages(clause, rule_set).framed(far):
            return judged.near(match.start, match.end) >= _HARDLY_TOLD
        return max(judged.near(match.start, match.end), reader.judge(clause).score) >= least
    is_beside = match.rule.category in rule_set.telling.events and not Pages(clause, rule_set).framed(far)
    return is_beside and reader.judge(clause).score >= rule_set.telling.past_with_score


def _clause_of(text: str, match: Match) -> str:
    """The clause that holds a match, no longer than _REACH to either side."""
    first, last = max(0, match.start - _REACH), min(len(text), match.end + _REACH)
    start = max((found.end() for found in _CLAUSE.finditer(text, first, match.start)), default=first)
    following = _CLAUSE.search(text, match.end, last)
    return text[start : following.start() if following else last]


def _told(pages: Pages) -> _Told:
    """The stretches of a text that are likely told; none in what may be disguised."""
    if pages.is_disguised:
        return _Told()
    quoted = (found.span() for found in _QUOTED.finditer(pages.text))
    return _Told(tuple(pages.framed(pages.rule_set.telling.hints)), tuple(quoted))


def _touches(stretches: tuple[tuple[int, int], ...], match: Match) -> bool:
    return any(start < match.end and match.start < end for start, end in stretches)
