"""The numbers of a detection, in one place."""

from dataclasses import dataclass
from typing import Final

from clinic.safety.detect import RULES, Detection
from clinic.safety.levels import Level

CLASSIFIER: Final = ""
"""The digest of the classifier that is installed; "" where there is none."""

BY_LEVEL: Final = {Level.NONE: 0.0, Level.CONCERN: 0.4, Level.URGENT: 0.7, Level.EMERGENCY: 0.95}


@dataclass(frozen=True, slots=True)
class Scores:
    """The joined score, the classifier's own, and the level that the rules alone gave."""

    score: float
    classifier: float
    rules_level: Level


def scores_of(found: Detection) -> Scores:
    """What of a detection is kept as numbers."""
    return Scores(BY_LEVEL[found.level], 0.0, found.level)


def installed_rule_set() -> str:
    """The digest of the rules that are installed, whole."""
    return RULES.digest
