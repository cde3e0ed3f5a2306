"""What each signal measures: its unit, its range and which way is better. No chart and no rule assumes a direction."""

import math
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.models.observation import MOOD_HIGHEST, MOOD_LOWEST, Signal


class Better(StrEnum):
    """Which way is better for the person; a signal may have none."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One signal: the unit that stands beside a number, the values it can have, and which way is better.

    `adds_up`: several numbers of a day are parts of it, and are added; otherwise they are averaged.
    """

    unit: StrOrPromise
    lowest: float
    highest: float
    better: Better
    adds_up: bool = False


MEANINGS: dict[Signal, Meaning] = {
    Signal.MOOD: Meaning(_("points"), MOOD_LOWEST, MOOD_HIGHEST, Better.HIGHER),
    Signal.SLEEP: Meaning(_("hours"), 0, 24, Better.NEITHER, adds_up=True),
    Signal.STEPS: Meaning(_("steps"), 0, 200_000, Better.NEITHER, adds_up=True),
    Signal.ACTIVITY: Meaning(_("minutes"), 0, 1_440, Better.NEITHER, adds_up=True),
    Signal.SOCIAL: Meaning(_("minutes"), 0, 1_440, Better.NEITHER, adds_up=True),
    Signal.SCREEN: Meaning(_("hours"), 0, 24, Better.NEITHER, adds_up=True),
    Signal.PHQ9: Meaning(_("points"), 0, 27, Better.LOWER),
    Signal.PHQ8: Meaning(_("points"), 0, 24, Better.LOWER),
    Signal.GAD7: Meaning(_("points"), 0, 21, Better.LOWER),
}
"""By signal. More sleep or more steps is not better for everybody, so these have no better way."""


def fits(signal: Signal, value: float) -> bool:
    """Whether `value` is a number that this signal can have."""
    meaning = MEANINGS[signal]
    return math.isfinite(value) and meaning.lowest <= value <= meaning.highest
