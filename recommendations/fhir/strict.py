"""Reading JSON strictly: what PostgreSQL, another system or a person could read differently is refused."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

DEEPEST = 50
"""Levels of nesting. Real resources have about ten; a few hundred bring validators down."""

LARGEST_ENTRY = 16 * 1024 * 1024
"""Characters of one resource."""

_ESCAPED = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)


class NotStrict(ValueError):
    """The text is not JSON that everybody reads alike; the message says why, without quoting it."""


def too_deep() -> str:
    """Why something that is nested too deep is refused."""
    return _("it is nested deeper than %(levels)d levels") % {"levels": DEEPEST}


def too_large() -> str:
    """Why something that is too large is refused."""
    return _("it is larger than %(size)d MB") % {"size": LARGEST_ENTRY // 1024 // 1024}


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise NotStrict(_("a number is too large"))
    return number


def _whole(text: str) -> int:
    if len(text) > 40:
        raise NotStrict(_("a number is too large"))
    return int(text)


def _never(text: str) -> Any:
    raise NotStrict(_("%(word)s is not a number in JSON") % {"word": text})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrict(_("a key stands twice in one object"))
    return found


DECODER = json.JSONDecoder(
    parse_float=_finite, parse_int=_whole, parse_constant=_never, object_pairs_hook=_once
)


def parsed(text: str) -> Any:
    """The value that `text` holds. Raises NotStrict for everything that is refused."""
    if len(text) > LARGEST_ENTRY:
        raise NotStrict(too_large())
    try:
        value = DECODER.decode(text)
    except NotStrict:
        raise
    except RecursionError:
        raise NotStrict(too_deep()) from None
    except ValueError:
        raise NotStrict(_("it is not JSON, or it ends in the middle")) from None
    check(value, text)
    return value


def check(value: Any, text: str = "") -> None:
    """Raises NotStrict where a value is nested too deep or holds characters that no database takes.

    `text` is what it was decoded from, where that is at hand: most values need no walk then.
    """
    suspect = not text or _ESCAPED.search(text) is not None or "\x00" in text
    if not suspect and text.count("{") + text.count("[") <= DEEPEST:
        return  # fewer containers than levels that are allowed: nothing to walk over
    for level, each in _walk(value):
        if level > DEEPEST:
            raise NotStrict(too_deep())
        if suspect and isinstance(each, str):
            _check_characters(each)


def _walk(value: Any) -> Iterator[tuple[int, Any]]:
    """Every container with its level; strings too. No recursion: the depth is the sender's choice."""
    waiting = [(1, value)]
    while waiting:
        level, each = waiting.pop()
        yield level, each
        if level > DEEPEST:
            continue
        if isinstance(each, dict):
            waiting.extend(
                (level + 1, inner) for inner in each.values() if isinstance(inner, dict | list | str)
            )
            waiting.extend((level, key) for key in each)
        elif isinstance(each, list):
            waiting.extend((level + 1, inner) for inner in each if isinstance(inner, dict | list | str))


def _check_characters(text: str) -> None:
    if "\x00" in text:
        raise NotStrict(_("a text holds the character U+0000"))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotStrict(_("a text holds half of a character (a lone surrogate)")) from None
