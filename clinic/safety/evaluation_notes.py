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
    everyday = [_ended(one.text) for one in examples if one.style == EVERYDAY]
    helped = [_ended(one.text) for one in examples if one.needs_help]
    if len(everyday) < 10 or not helped:
        return []
    rows = []
    for beside in (1, 3):
        notes = [_among(text, _dealt(everyday, at, 2 * beside)) for at, text in enumerate(helped)]
        rows.append([f"needs help, {beside} everyday before and after it", _shown(notes, language)])
    for length in (4, 10):
        notes = [" ".join(_dealt(everyday, at, length)) for at in range(_NOTES)]
        rows.append([f"{length} everyday messages, a card in vain", _shown(notes, language)])
    return rows


def _dealt(everyday: Sequence[str], at: int, many: int) -> list[str]:
    return [everyday[(at * _STEP + each * (_STEP + at % 7)) % len(everyday)] for each in range(many)]


def _among(text: str, everyday: Sequence[str]) -> str:
    half = len(everyday) // 2
    return " ".join([*everyday[:half], text, *everyday[half:]])


def _ended(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."


def _shown(notes: Sequence[str], language: str) -> str:
    return str(Share.of_all(detect(note, language=language).level > Level.NONE for note in notes))
