"""Stronger readers that a clinic plugs in beside the shipped classifier. Each can only raise what was found.

DANGER_READERS names them as "package.module.factory, …"; each factory takes nothing and returns a `Reader`. Help
never waits for one: a reader that fails, is busy or takes longer than `LONGEST` is left out of that text, and the log
says so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any, Final

from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.module_loading import import_string

from clinic import environment
from clinic.bounded import asked
from clinic.safety.classifier.model import Judgement
from clinic.safety.judging import Reader

VARIABLE: Final = "DANGER_READERS"
LONGEST: Final = 1.0
"""Seconds for one reader and one text; a person waits for the page meanwhile."""
AT_ONCE: Final = 4
"""Texts that one plugged-in reader may be at; a fifth is not kept waiting behind readers that hang."""
_log = logging.getLogger("countersign.safety")


class Bounded:
    """A reader that takes no longer than it may, and whose failure is never the person's."""

    def __init__(self, name: str, reader: Reader, *, longest: float = LONGEST) -> None:
        self.name = name
        self._reader = reader
        self._longest = longest
        self._places = BoundedSemaphore(AT_ONCE)

    def judged(self, text: str) -> Judgement | None:
        """What it makes of a text; None where it failed, was busy or took too long. The log never holds the text."""
        try:
            return asked(lambda: self._reader.judge(text), seconds=self._longest, places=self._places)
        except Exception as error:  # noqa: BLE001  whatever a foreign reader raises, the rules stand
            _log.warning("danger reader left out", extra={"reader": self.name, "error": type(error).__name__})
            return None


def names() -> list[str]:
    """The factories that DANGER_READERS names."""
    return environment.names(VARIABLE, "")


def digest() -> str:
    """A short name of all plugged-in readers, for what they read together with; "" where there are none."""
    return sha256(" ".join(names()).encode()).hexdigest()[:8] if names() else ""


@cache
def plugged_in() -> tuple[Bounded, ...]:
    """The readers that DANGER_READERS names. Raises ImportError where one cannot be loaded."""
    return tuple(Bounded(path, import_string(path)()) for path in names())


def judgements(text: str) -> Iterator[Judgement]:
    """What each plugged-in reader that answered makes of the text."""
    for reader in plugged_in():
        judged = reader.judged(text)
        if judged is not None:
            yield judged


@register(Tags.security)
def can_be_loaded(**_options: Any) -> list[CheckMessage]:
    """An error where a reader is named that cannot be loaded: otherwise the first text would find out."""
    try:
        plugged_in()
    except Exception as error:  # noqa: BLE001  a foreign factory may raise anything
        hint = f"{VARIABLE} names factories such as clinic_readers.embedding.reader, between commas."
        return [Error(f"A danger reader cannot be loaded: {error}", hint=hint, id="countersign.E014")]
    return []
