"""In which language a help card may stand, and whether somebody has reviewed its translation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import translation

from clinic.safety.card_text import CardText, Words

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Review:
    """Who has read the cards of a language, when, and which version of the cards that was."""

    by: str
    on: dt.date
    version: str


REVIEWS: Final[dict[str, Review]] = {}
"""By language: a psychologist whose first language it is. Empty: every translation says that nobody has checked it."""


def is_reviewed(language: str, version: str) -> bool:
    """Whether this version of the cards was reviewed in this language; a changed card is unreviewed again."""
    review = REVIEWS.get(language)
    return review is not None and review.version == version


def language_of_card(text: CardText, wanted: str) -> str:
    """`wanted` where every word of the card is translated, else English: never a card that is half of each."""
    language = wanted.replace("_", "-").split("-")[0].lower()
    if language == ENGLISH or language not in dict(settings.LANGUAGES):
        return ENGLISH
    with translation.override(ENGLISH):
        before = [str(words) for words in _words(text)]
    with translation.override(language):
        after = [str(words) for words in _words(text)]
    missing = any(one == other or not other.strip() for one, other in zip(before, after, strict=True))
    return ENGLISH if missing else language


def _words(text: CardText) -> Iterator[Words]:
    yield from (text.heading, text.lead, text.emergency_detail)
    for step in text.steps:
        yield from step
    yield from text.notes
    if text.quick_exit:
        yield text.quick_exit
    for variant in text.later:
        yield from variant
