"""Notes of several sentences: whether danger is noticed among what is harmless, and what is noticed in vain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clinic.safety.classifier.corpus import Example
from clinic.safety.detect import detect
from clinic.safety.levels import Level
from clinic.safety.proportions import Share

EVERYDAY: Final = "everyday"
_NOTES: Final = 300
_STEP: Final = 17
"""Everyday messages are dealt out in steps, so that the same set gives the same notes."""


def notes_rows(examples: Sequence[Example], language: str) -> list[list[str]]:
    """Rows of name and share: messages that need help among everyday ones, and notes of everyday ones alone."""
    everyday = _everyday(examples)
    if len(everyday) < 10 or not any(one.needs_help for one in examples):
        return []
    rows = []
    for beside in (1, 3):
        noticed = str(among(examples, language, beside=beside))
        rows.append([f"needs help, {beside} everyday before and after it", noticed])
    for length in (4, 10):
        notes = [" ".join(_dealt(everyday, at, length)) for at in range(_NOTES)]
        rows.append([f"{length} everyday messages, a card in vain", str(_shown(notes, language))])
    return rows


def among(examples: Sequence[Example], language: str, *, beside: int) -> Share:
    """The share of messages that need help that bring a card among so many everyday ones before and after them."""
    everyday = _everyday(examples)
    helped = [_ended(one.text) for one in examples if one.needs_help]
    notes = [_among(text, _dealt(everyday, at, 2 * beside)) for at, text in enumerate(helped)]
    return _shown(notes, language)


def _everyday(examples: Sequence[Example]) -> list[str]:
    return [_ended(one.text) for one in examples if one.style == EVERYDAY]


def _dealt(everyday: Sequence[str], at: int, many: int) -> list[str]:
    if not everyday:
        return []
    return [everyday[(at * _STEP + each * (_STEP + at % 7)) % len(everyday)] for each in range(many)]


def _among(text: str, everyday: Sequence[str]) -> str:
    half = len(everyday) // 2
    return " ".join([*everyday[:half], text, *everyday[half:]])


def _ended(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."


def _shown(notes: Sequence[str], language: str) -> Share:
    return Share.of_all(detect(note, language=language).level > Level.NONE for note in notes)
