"""Which help card answers what was noticed: that of the rules, but for kinds of danger that need words of their own."""

from __future__ import annotations

from typing import Final

from clinic.safety.detect import Detection
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


def card_of(detection: Detection) -> str:
    """The protocol whose card is shown, or "" where nothing was noticed."""
    if not detection.cards:
        return ""
    return OWN.get((detection.categories[0], detection.level), detection.cards[0])
