"""From which score on the classifier raises a level. Rules are not subject to thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from clinic.safety.levels import Level

LEAST, MOST = 0.05, 0.99
"""Outside these bounds every text or none would be a concern."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A score at or above `urgent` is urgent, at or above `concern` a concern. Raises ValueError out of bounds."""

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


SHIPPED: Final = Thresholds(concern=0.5, urgent=0.8)
"""Those that came with the program, in use until this clinic has signed others."""


def of_facts(stored: Mapping[str, Any]) -> Thresholds:
    """Thresholds from a stored row."""
    return Thresholds(float(stored["concern"]), float(stored["urgent"]))


def per_mille(stored: Mapping[str, Any]) -> dict[str, int]:
    """As the audit log takes them, in whole numbers."""
    return {f"{name}_per_mille": round(1000 * float(value)) for name, value in stored.items()}


def most_sensitive(one: Thresholds, other: Thresholds) -> Thresholds:
    """Of two the lower in each place: whatever either would notice is noticed."""
    return Thresholds(min(one.concern, other.concern), min(one.urgent, other.urgent))
