"""Reading messages as the product does, from a file to a file, with nothing stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from clinic.safety.detect import detect
from clinic.safety.detection import Detection
from clinic.safety.levels import Level
from clinic.safety.other_language import language_of
from clinic.safety.protocols import HELP, card_of


class BadLine(ValueError):
    """A line that is no conversation; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one person, in order; `language` is a BCP 47 tag or None."""

    id: Any
    turns: tuple[str, ...]
    language: str | None


def read(lines: Iterable[str]) -> Iterator[Conversation]:
    """One conversation a line of JSON, empty lines left out. Raises BadLine."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _conversation(number, line)


def _conversation(number: int, line: str) -> Conversation:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"line {number} is no JSON: {error.msg} at character {error.pos + 1}") from None
    if not isinstance(row, dict) or "id" not in row:
        raise BadLine(f'line {number} is no object with an "id"')
    turns, language = row.get("turns"), row.get("lang")
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise BadLine(f'line {number}: "turns" must be a list of texts')
    if not isinstance(language, str | None):
        raise BadLine(f'line {number}: "lang" must be a language tag such as "en"')
    return Conversation(row["id"], tuple(turns), language)


def replayed(conversation: Conversation) -> dict[str, Any]:
    """What the product would have made of each turn, ready for JSON."""
    turns = [_turn(turn, detect(turn, language=conversation.language)) for turn in conversation.turns]
    return {"id": conversation.id, "turns": turns}


def _turn(text: str, found: Detection) -> dict[str, Any]:
    """The card is that of the portal: words that are surely in a language that is not read have the general one."""
    is_unread = language_of(text) is not None
    return {
        "card": card_of(found) or (HELP if is_unread else None),
        "level": found.level.name.lower(),
        "score": round(found.score, 6),
        "categories": list(found.categories),
        "alert": found.level >= Level.URGENT,
        "rules": list(found.rules),
    }
