"""Proportions with their intervals, and how they are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clinic.safety.ledger.wilson import share

ENOUGH: Final = 72
"""So many cases without a miss are needed for a 95% lower bound of .95 (Clopper and Pearson)."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @classmethod
    def of_all(cls, answers: Iterable[bool]) -> Share:
        """Count the answers that are yes."""
        counted = list(answers)
        return cls(sum(counted), len(counted))

    @property
    def value(self) -> float:
        """The share itself; 0 where there is nothing."""
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """The 95% interval of Wilson (1927); (0, 1) where there is nothing."""
        measured = share(self.hits, self.of)
        return measured.low, measured.high

    def __str__(self) -> str:
        """For example "81.2% (78.0 to 84.1), 600 of 739"."""
        low, high = self.interval()
        return f"{self.value:.1%} ({low * 100:.1f} to {high * 100:.1f}), {self.hits} of {self.of}"
