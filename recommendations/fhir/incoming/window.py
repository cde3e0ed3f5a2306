"""A window that slides over JSON text: values are decoded one by one, and only one of them is held in memory."""

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, TextIO

from django.utils.translation import gettext as _

from recommendations.fhir import strict

STEP = 1 << 16
"""Characters that are read at a time, at first."""

_SPACE = re.compile(r"[ \t\n\r]*")


class Unreadable(ValueError):
    """The text cannot be read any further; the message says why, without quoting it."""


class Window:
    """The part of a text that is looked at. `at` is where; everything before it is forgotten now and then."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.text = ""
        self.at = 0
        self.ended = False
        self.consumed = 0

    def more(self, size: int = STEP) -> bool:
        """Read on; whether there was anything."""
        if self.ended:
            return False
        try:
            piece = self._stream.read(size)
        except UnicodeDecodeError:
            raise Unreadable(_("the text is not UTF-8")) from None
        self.ended = not piece
        self.text += piece
        return bool(piece)

    def forget(self) -> None:
        """Let go of what lies behind, once it is worth the copying."""
        if self.at > STEP:
            self.consumed += self.at
            self.text, self.at = self.text[self.at :], 0

    def peek(self) -> str:
        """The next character that is no space, or "" at the end of the text."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.text):
                return self.text[self.at]
            self.forget()
            if not self.more():
                return ""

    def take(self, *wanted: str) -> str:
        """The next character, which must be one of `wanted`. Raises Unreadable."""
        found = self.peek()
        if found not in wanted or not found:
            raise Unreadable(_("it is not JSON, or it ends in the middle"))
        self.at += 1
        return found

    def value(self) -> Any:
        """Decode the next value. Raises Unreadable."""
        self.peek()
        return self._decoded(strict.DECODER.raw_decode)

    def key(self) -> str:
        """Decode the next key of an object, and its colon. Raises Unreadable."""
        if self.peek() != '"':
            raise Unreadable(_("it is not JSON, or it ends in the middle"))
        found: str = self._decoded(lambda text, at: scanstring(text, at + 1, True))
        self.take(":")
        return found

    def _decoded(self, decode: Any) -> Any:
        """What `decode` makes of the text from here; reads twice as much whenever it ends too early."""
        size = STEP
        while True:
            try:
                value, end = decode(self.text, self.at)
            except strict.NotStrict as error:
                raise Unreadable(str(error)) from None
            except RecursionError:
                raise Unreadable(strict.too_deep()) from None
            except (JSONDecodeError, StopIteration) as error:
                if self._is_hopeless(error):
                    raise Unreadable(_("it is not JSON, or it ends in the middle")) from None
            else:
                if end - self.at > strict.LARGEST_ENTRY:
                    raise Unreadable(strict.too_large())
                if end < len(self.text) or self.ended:
                    self.at = end
                    return value
            if len(self.text) - self.at > strict.LARGEST_ENTRY:
                raise Unreadable(strict.too_large())
            self.more(size)
            size *= 2

    def _is_hopeless(self, error: Exception) -> bool:
        """Whether reading on cannot help: the text has ended, or the fault lies well before its end."""
        if self.ended:
            return True
        if not isinstance(error, JSONDecodeError) or error.msg.startswith("Unterminated string"):
            return False
        return error.pos < len(self.text) - 32
