"""How many alerts there were, by year, category, level and how they ended: figures without anybody's name (SR-43)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Func, QuerySet, Value
from django.db.models.functions import ExtractYear

from clinic.models.safety import SafetyAlert

EVERY = "every"
"""In the place of a category: all alerts, each once. One of two categories counts under both."""

OPEN = "open"
"""In the place of an outcome: nobody has closed it yet."""


@dataclass(frozen=True, slots=True)
class Figure:
    """So many alerts of one kind in one year of the clinic's calendar."""

    year: int
    category: str
    level: int
    outcome: str
    alerts: int


def figures(*, zone: str) -> list[Figure]:
    """All figures, the newest year first, every alert before the categories: two queries."""
    alerts: QuerySet[Any] = SafetyAlert.objects.annotate(
        year=ExtractYear("happened_at", tzinfo=ZoneInfo(zone))
    )
    every = alerts.annotate(category=Value(EVERY))
    parts = alerts.annotate(category=Func(F("categories"), function="unnest"))
    found = [*_counted(every), *_counted(parts)]
    return sorted(found, key=lambda each: (-each.year, each.category != EVERY, each.category, -each.level))


def _counted(rows: QuerySet[Any]) -> Iterator[Figure]:
    grouped = rows.values("year", "category", "level", "outcome").annotate(alerts=Count("pk")).order_by()
    for row in grouped:
        yield Figure(row["year"], row["category"], row["level"], row["outcome"] or OPEN, row["alerts"])
