"""Which help card answers what was noticed: that of the rules, but for kinds of danger that need words of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from clinic.safety.detect import Detection, Span
from clinic.safety.levels import Level

GENERAL: Final = "crisis"
"""The card for words whose own protocol is not known."""

HELP: Final = "help"
"""The card that stands under Get help, where nobody has said anything; it also answers words in a language not read."""

ASKED_FOR_PERSON: Final = "asked_for_person"
"""The card, and the category, of a person who pressed "Ask a person": no rule calls for it."""

OWN: Final[dict[tuple[str, Level], str]] = {("self_injury", Level.URGENT): "self_injury"}
"""By the gravest kind and the level: a card in place of the one that the rules name. What was denied keeps its gentle
card, and an emergency the one that says three things."""


OTHERS: Final = "someone_else"
"""The card, and the category, of somebody who worries about another."""

_ONE_S_OWN: Final = ("suicidal_intent", "suicidal_plan", "suicidal_active", "suicidal_passive", "self_injury")
_FIRST_PERSON: Final = re.compile(r"\b(?:i|im|i['’]m|ive|i['’]ve|id|ill|я|men|мен)\b", re.IGNORECASE)
_THIRD_PERSON: Final = re.compile(
    r"\b(?:(?:he|she|they)(?:['’]?(?:s|d|ll|re))?|himself|herself|themsel(?:f|ves)|он|она|они|uning|o['‘’ʻ]zini|ўзини)\b",
    re.IGNORECASE,
)


def card_of(detection: Detection) -> str:
    """The protocol whose card is shown, or "" where nothing was noticed."""
    if not detection.cards:
        return ""
    if detection.categories[0] in _ONE_S_OWN and _is_of_another(detection.spans):
        return OTHERS
    return OWN.get((detection.categories[0], detection.level), detection.cards[0])


def _is_of_another(spans: Sequence[Span]) -> bool:
    """Whether all that speaks of dying stands in what is said of another: "My son told me he doesn't want to live".

    Where "I" stands in it, as in "my husband left me and I want to die", or nobody who does it, it is one's own.
    """
    others = [one for one in spans if one.category == OTHERS and _is_told_of_another(one.words)]
    own = [one for one in spans if one.category in _ONE_S_OWN]
    return not any(_FIRST_PERSON.search(one.words) for one in own) and all(
        any(_is_within(one, other) for other in others) for one in own
    )


def _is_told_of_another(words: str) -> bool:
    return _THIRD_PERSON.search(words) is not None and _FIRST_PERSON.search(words) is None


def _is_within(one: Span, other: Span) -> bool:
    """Whether they share words of one text: a detection may be joined of several."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    shared = one.words[start - one.start : end - one.start]
    return start < end and shared == other.words[start - other.start : end - other.start]
