"""The model releases of this installation: what computes readings and what chooses suggestions."""

import hashlib
from typing import Any

import rfc8785

from recommendations.models.release import ModelRelease
from recommendations.scoring.forecast_release import FORECAST_1
from recommendations.scoring.mood import MOOD_1

SUGGEST_NAME = "suggest-1"
SUGGEST_VERSION = "4.0.0"

SUGGEST_PARAMETERS: dict[str, Any] = {
    # A level counts as fallen when its whole interval lies below the middle half of the usual range.
    "level_below_usual": {"direction": "likely_worse"},
    # Four of the last 14 days below the usual range: with 80% inside, about 1.4 are expected below by chance.
    "check_ins_below_usual": {"least_days": 4},
    # Half as large again as the person's own usual swing.
    "swings_wider_than_usual": {"least_ratio": 1.5},
    # A total counts for four weeks (a form asks about two), and is compared with one at least two weeks older. 10 is
    # the usual cut of PHQ-9, PHQ-8 and GAD-7; 6 and 4 points are the reliable change of the English talking therapies.
    "questionnaire": {
        "fresh_days": 28,
        "compared_days": 182,
        "apart_days": 14,
        "caseness": 10,
        "reliable_change": {"phq9": 6, "phq8": 6, "gad7": 4},
    },
    # The last week against the four weeks before it, an hour or more shorter.
    "sleep_shorter_than_usual": {
        "days": 35,
        "recent_days": 7,
        "least_recent_nights": 5,
        "least_usual_nights": 14,
        "least_hours": 1.0,
    },
    # A step that helped this person, as a fact of the profile says, may stand in for another of the same family.
    "families": [
        ["check_ins_below_usual", "depression_at_caseness", "depression_rising", "level_below_usual"],
        ["anxiety_at_caseness", "anxiety_rising", "swings_wider_than_usual"],
    ],
    # After a decision, the same intervention is not drafted again for this many days.
    "rest_days": 28,
}
"""The thresholds of the rules in `recommendations.suggest`. They are our choice, not a standard."""


def mood() -> ModelRelease:
    """The registered release of the mood reading."""
    return _registered(MOOD_1.name, MOOD_1.version, MOOD_1.digest.hex(), MOOD_1.parameters)


def forecast() -> ModelRelease:
    """The registered release of the seven days ahead."""
    return _registered(
        FORECAST_1.name, FORECAST_1.version, FORECAST_1.digest.hex(), dict(FORECAST_1.parameters)
    )


def suggest() -> ModelRelease:
    """The registered release of the rules that choose suggestions."""
    content: dict[str, Any] = {
        "name": SUGGEST_NAME,
        "version": SUGGEST_VERSION,
        "parameters": SUGGEST_PARAMETERS,
    }
    digest = hashlib.sha256(rfc8785.dumps(content)).hexdigest()
    return _registered(SUGGEST_NAME, SUGGEST_VERSION, digest, SUGGEST_PARAMETERS)


def _registered(name: str, version: str, digest: str, parameters: dict[str, Any]) -> ModelRelease:
    row, _made = ModelRelease.objects.get_or_create(
        name=name, version=version, defaults={"digest": digest, "parameters": parameters}
    )
    if row.digest != digest:
        raise ValueError(f"{name} {version} was changed without a new version.")
    return row
