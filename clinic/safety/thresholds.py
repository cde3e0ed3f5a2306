"""From which score of the classifier on a text counts as more than the rules found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clinic.safety.levels import Level

LEAST: Final = 0.05
MOST: Final = 0.99
"""Outside these bounds every text or none would be a concern."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A score at or above `urgent` is urgent, at or above `concern` a concern. Raises ValueError out of bounds.

    Rules are subject to no threshold: what they find stands whatever these say.
    """

    concern: float
    urgent: float

    def __post_init__(self) -> None:
        if not LEAST <= self.concern <= self.urgent <= MOST:
            raise ValueError("Thresholds rise from concern to urgent, between 0.05 and 0.99.")

    def level_of(self, score: float) -> Level:
        """What the classifier's score alone calls for."""
        if score >= self.urgent:
            return Level.URGENT
        return Level.CONCERN if score >= self.concern else Level.NONE

    def joined(self, rules_level: int, score: float) -> Level:
        """The graver of what the rules found and what the score calls for: no threshold lowers a rule."""
        return max(Level(rules_level), self.level_of(score))

    @property
    def facts(self) -> dict[str, float]:
        """As they are stored and written into the log."""
        return {"concern": self.concern, "urgent": self.urgent}


SHIPPED: Final = Thresholds(concern=0.8, urgent=0.9)
"""Those that came with the program, in use until a clinic has signed others. Chosen on messages that the classifier had
not learnt; docs/safety/evaluation.md shows what each costs.
"""
