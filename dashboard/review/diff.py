"""What was changed in a text, word by word, for the eye and the ear."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of text: kind "same", "removed" or "added"; spaces are part of it."""

    kind: str
    text: str


def diff(before: str, after: str) -> list[DiffPart]:
    """From `before` to `after`: without the removed parts it reads `after`, without the added ones `before`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts: list[DiffPart] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            parts.append(DiffPart("same", "".join(old[old_from:old_to])))
            continue
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        parts += [DiffPart(name, text) for name, text in (("removed", removed), ("added", added)) if text]
    return _joined(parts)


def _joined(parts: list[DiffPart]) -> list[DiffPart]:
    """A lone space between two changes joins them, so that a rewritten phrase reads as one change, not as ten."""
    found: list[DiffPart] = []
    removed = added = ""
    for number, part in enumerate(parts):
        bridge = (
            part.kind == "same" and not part.text.strip() and (removed or added) and number + 1 < len(parts)
        )
        if part.kind == "same" and not bridge:
            found += _changes(removed, added)
            removed = added = ""
            found.append(part)
            continue
        removed += part.text if part.kind != "added" else ""
        added += part.text if part.kind != "removed" else ""
    return found + _changes(removed, added)


def _changes(removed: str, added: str) -> list[DiffPart]:
    return [DiffPart(kind, text) for kind, text in (("removed", removed), ("added", added)) if text]
