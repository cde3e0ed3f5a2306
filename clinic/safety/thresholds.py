"""From which score of the classifier on a text counts as more than the rules found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clinic.safety.levels import Level


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from 0 to 1. Rules are subject to no threshold: what they find stands whatever these say."""

    concern: float
    urgent: float

    def __post_init__(self) -> None:
        """Raises ValueError where they are out of order."""
        if not 0.0 < self.concern <= self.urgent <= 1.0:
            raise ValueError("thresholds are above 0, at most 1, and urgent is no lower than concern")

    def level_of(self, score: float) -> Level:
        """The level to which a score raises a text."""
        if score >= self.urgent:
            return Level.URGENT
        return Level.CONCERN if score >= self.concern else Level.NONE


SHIPPED: Final = Thresholds(concern=0.75, urgent=0.9)
"""Chosen on messages that the classifier had not learnt; docs/safety/evaluation.md shows what each costs."""
