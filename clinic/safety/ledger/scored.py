"""The numbers of a detection, in one place."""

from dataclasses import dataclass

from clinic.safety.classifier.model import shipped
from clinic.safety.detect import RULES, Detection
from clinic.safety.levels import Level
from clinic.safety.raising import CLASSIFIER


@dataclass(frozen=True, slots=True)
class Scores:
    """The joined score, the classifier's own, and the level that the rules alone gave."""

    score: float
    classifier: float
    rules_level: Level


def scores_of(found: Detection) -> Scores:
    """What of a detection is kept as numbers."""
    by_rules = (span.level for span in found.spans if span.rule != CLASSIFIER)
    return Scores(found.score, found.classifier, max(by_rules, default=Level.NONE))


def installed_rule_set() -> str:
    """The digest of the rules that are installed, whole."""
    return RULES.digest


def installed_classifier() -> str:
    """The digest of the classifier that is installed, whole."""
    return str(shipped().card["digest"])
