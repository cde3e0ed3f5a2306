"""Thresholds as they are stored, logged and compared."""

from collections.abc import Mapping
from typing import Any

from clinic.safety.thresholds import Thresholds


def of_facts(stored: Mapping[str, Any]) -> Thresholds:
    """Thresholds from a stored row."""
    return Thresholds(float(stored["concern"]), float(stored["urgent"]))


def per_mille(stored: Mapping[str, Any]) -> dict[str, int]:
    """As the audit log takes them, in whole numbers."""
    return {f"{name}_per_mille": round(1000 * float(value)) for name, value in stored.items()}


def most_sensitive(one: Thresholds, other: Thresholds) -> Thresholds:
    """Of two the lower in each place: whatever either would notice is noticed."""
    return Thresholds(min(one.concern, other.concern), min(one.urgent, other.urgent))
