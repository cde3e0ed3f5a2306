"""The words of the help cards: fixed, written by people, shown without waiting for anybody.

One card for each protocol that the rules name, and those that `protocols` chooses beside
them. Nothing here is put together by a model, and no number
stands here: numbers come from checked records (`resources`). Whoever changes a word raises the version and
has the cards approved again.
"""

from __future__ import annotations

from typing import Final

from clinic.safety.card_text import CardText
from clinic.safety.cards_care import CARE_CARDS
from clinic.safety.cards_danger import DANGER_CARDS

VERSION: Final = "1.2.0"
# Nobody has approved these words for a real clinic yet; its own psychologists do so before it opens.
APPROVED_BY: Final[str | None] = None

CARDS: Final[dict[str, CardText]] = {**DANGER_CARDS, **CARE_CARDS}
