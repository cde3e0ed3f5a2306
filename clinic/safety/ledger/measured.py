"""What share of the messages that were held out would be missed at a threshold, as `evaluate_danger` measured it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from clinic.safety.detect import RULES, name_of
from clinic.safety.ledger.scored import scores_of
from clinic.safety.levels import Level
from clinic.safety.thresholds import LEAST, MOST, Thresholds

if TYPE_CHECKING:
    from clinic.safety.evaluation import Read

logger = logging.getLogger(__name__)

FIRST, LAST = round(100 * LEAST), round(100 * MOST)
STEPS: Final = range(FIRST, LAST + 1)
"""Every threshold that can be, in hundredths."""


def file() -> Path:
    """Beside docs/safety/evaluation.md, written by the same command."""
    return Path(settings.BASE_DIR) / "docs" / "safety" / "evaluation.json"


def curve(rows: Sequence[Read]) -> dict[str, Any]:
    """By threshold: how many of the messages that need help get no card, or call nobody; and how many in vain."""
    helped = [scores_of(row.found) for row in rows if row.example.needs_help]
    everyday = [scores_of(row.found) for row in rows if row.example.style == "everyday"]

    def below(found: Sequence[Any], level: Level) -> list[int]:
        return [
            sum(one.rules_level < level and one.classifier < step / 100 for one in found) for step in STEPS
        ]

    return {
        "detector": name_of(RULES),
        "messages": len(helped),
        "no_card": below(helped, Level.CONCERN),
        "nobody_called": below(helped, Level.URGENT),
        "everyday": len(everyday),
        "everyday_no_card": below(everyday, Level.CONCERN),
    }


@dataclass(frozen=True, slots=True)
class Missed:
    """Of so many held-out messages those without a card, and those for which nobody is called; of everyday ones those
    that show a card in vain."""

    messages: int
    no_card: int
    nobody_called: int
    everyday: int
    in_vain: int


def at(thresholds: Thresholds, stored: dict[str, Any]) -> Missed:
    """What is missed at these thresholds, each taken to the next hundredth above."""
    concern, urgent = (_place(each) for each in (thresholds.concern, thresholds.urgent))
    return Missed(
        messages=stored["messages"],
        no_card=stored["no_card"][concern],
        nobody_called=stored["nobody_called"][urgent],
        everyday=stored["everyday"],
        in_vain=stored["everyday"] - stored["everyday_no_card"][concern],
    )


def facts(before: Thresholds, after: Thresholds) -> dict[str, Any]:
    """What a trial keeps, and its digest covers: the figures of both; {} where nothing was measured."""
    try:
        stored = json.loads(file().read_text(encoding="utf-8"))
        one, other = at(before, stored), at(after, stored)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError):
        logger.exception(
            "What evaluate_danger measured could not be read; a trial says that it is not measured."
        )
        return {}
    return {
        "is_installed": stored.get("detector") == name_of(RULES),
        "messages": other.messages,
        "everyday": other.everyday,
        "no_card": [one.no_card, other.no_card],
        "nobody_called": [one.nobody_called, other.nobody_called],
        "in_vain": [one.in_vain, other.in_vain],
    }


def _place(threshold: float) -> int:
    return min(ceil(round(100 * threshold, 6)), LAST) - FIRST
