"""How sure a share is: Wilson's interval, which stays honest for few cases and at 0 and 1."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z_95: Final = 1.959963984540054
TOO_FEW: Final = 10
"""Below so many cases a share says nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the interval in which the true share lies 95 times of 100."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share itself; 0 of 0 is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few cases to say anything."""
        return self.of < TOO_FEW


def share(hits: int, of: int) -> Share:
    """The share with its interval. Raises ValueError for more hits than cases."""
    if not 0 <= hits <= of:
        raise ValueError("More hits than cases.")
    if not of:
        return Share(0, 0, 0.0, 1.0)
    p, square = hits / of, Z_95**2
    middle = (p + square / (2 * of)) / (1 + square / of)
    half = Z_95 / (1 + square / of) * sqrt(p * (1 - p) / of + square / (4 * of**2))
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return Share(hits, of, low, high)
