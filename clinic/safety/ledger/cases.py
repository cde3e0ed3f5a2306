"""The alerts of the ledger, newest first: three queries for all of them."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Max

from clinic.models.danger import DangerReading
from clinic.models.safety import SafetyAlert
from clinic.safety.detect import RULES
from clinic.safety.ledger.counts import Case
from clinic.safety.ledger.outcomes import judged, with_acts

MOST_ALERTS: Final = 5_000
"""So many of the newest alerts are counted."""

FLOOR: Final = 0.2
"""Below this share of alerts on which somebody acted, a rule is marked for review. It is never switched off by that."""

BANDS: Final = (
    ("0.00-0.49", 0.0, 0.5),
    ("0.50-0.64", 0.5, 0.65),
    ("0.65-0.79", 0.65, 0.8),
    ("0.80-0.89", 0.8, 0.9),
    ("0.90-1.00", 0.9, 1.01),
)
"""The bands of the classifier's score."""


def cases() -> list[Case]:
    """Every alert with its judgement, the newest first."""
    columns = ("pk", "patient_id", "patient__language", "outcome", "rules", "categories")
    rows = list(SafetyAlert.objects.order_by("-happened_at", "-pk").values_list(*columns)[:MOST_ALERTS])
    acted = with_acts(row[0] for row in rows if row[3])
    scores = _scores()
    return [
        Case(
            patient=patient,
            language=_primary(language),
            judged=judged(outcome, was_acted=alert in acted),
            rules=tuple(rules),
            categories=tuple(categories),
            classifier=scores.get(alert),
        )
        for alert, patient, language, outcome, rules, categories in rows
    ]


def _scores() -> dict[object, float]:
    """The classifier's score of each alert that it had a part in; a score of 0 is no opinion."""
    rows = DangerReading.objects.filter(alert__isnull=False, classifier__gt=0).order_by()
    return dict(rows.values_list("alert").annotate(score=Max("classifier")))


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def rules_of(found: Sequence[Case]) -> dict[str, str]:
    """Every rule that opened an alert, with its category."""
    installed = {rule.id: rule.category for rule in RULES.rules}
    names: dict[str, str] = {}
    for case in found:
        for rule in case.rules:
            names.setdefault(rule, installed.get(rule) or (case.categories[0] if case.categories else ""))
    return names


def silent(names: dict[str, str]) -> int:
    """How many installed rules have opened no alert yet."""
    return sum(rule.id not in names for rule in RULES.rules)


def bands_of(found: Sequence[Case]) -> dict[str, str]:
    """Every category and band in which the classifier scored an alert, with the category."""
    categories = sorted(
        {case.categories[0] for case in found if case.classifier is not None and case.categories}
    )
    return {f"{category}:{name}": category for category in categories for name, _low, _high in BANDS}
