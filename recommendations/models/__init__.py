"""A file per noun. Django finds the models here; our own code imports them from their files.

`Publication` is deliberately not a name of this package: see `recommendations.models.publication`.
"""

import recommendations.models.publication  # noqa: F401  so that Django knows its tables
from recommendations.models.intervention import Intervention, TextSignature, TextWithdrawal, UnsafeStep
from recommendations.models.pause import Answer, Pause
from recommendations.models.reading import MoodReading
from recommendations.models.release import ModelRelease
from recommendations.models.report import EffectReport
from recommendations.models.review import Review
from recommendations.models.signature import Signature, SignedWords
from recommendations.models.suggestion import Opening, Suggestion

__all__ = [
    "Answer",
    "EffectReport",
    "Intervention",
    "ModelRelease",
    "MoodReading",
    "Opening",
    "Pause",
    "Review",
    "Signature",
    "SignedWords",
    "Suggestion",
    "TextSignature",
    "TextWithdrawal",
    "UnsafeStep",
]
