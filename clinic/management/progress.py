"""How far a long command has come, on a terminal; nothing where its output goes into a file."""

import time
from typing import TextIO

EVERY = 0.2
"""Seconds between two lines: more often nobody reads it."""


class Progress:
    """One line that is written over: "bundle.json  42%  12,300 resources"."""

    def __init__(self, out: TextIO, *, label: str, size: int) -> None:
        self._out, self._label, self._size = out, label, max(size, 1)
        self._next = 0.0
        self._shown = False
        self._on = out.isatty()

    def __call__(self, read: int, count: int) -> None:
        """So many octets were read, so many things were seen."""
        if not self._on or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        self._shown = True
        self._out.write(f"\r\033[K  {self._label}  {min(100, read * 100 // self._size)}%  {count:,}")
        self._out.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._out.write("\r\033[K")
            self._out.flush()
