"""What a person reads while the scripts work: steps with their elapsed time, and sentences when one fails."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

NAME_WIDTH = 22


class RefusalError(Exception):
    """The work cannot go on; the message is a sentence that says why and what to do."""


def coloured(stream: object = None) -> bool:
    """Whether `stream` (standard output unless told) is a terminal that wants colour."""
    target = stream or sys.stdout
    return bool(getattr(target, "isatty", lambda: False)()) and "NO_COLOR" not in os.environ


def paint(text: str, code: str) -> str:
    """`text` in the ANSI colour `code` on a terminal, unchanged elsewhere."""
    return f"\x1b[{code}m{text}\x1b[0m" if coloured() else text


def say(text: str = "") -> None:
    """One line on standard output, at once."""
    print(text, flush=True)


def aside(text: str) -> None:
    """One line in the middle of a step; on a terminal it takes the place of the step's name for now."""
    say(f"{chr(13) if sys.stdout.isatty() else ''}{text}")


def refuse(name: str, sentence: str) -> int:
    """Say on standard error why `name` stops; 1, the exit status for it."""
    print(f"{name}: {sentence}", file=sys.stderr, flush=True)
    return 1


class Note:
    """What a step found out, shown beside its name when it is done."""

    def __init__(self) -> None:
        self.text = ""

    def __call__(self, text: str) -> None:
        self.text = text


class Steps:
    """Prints each step once it is done with the seconds it took; on a terminal its name appears at once."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet

    @contextmanager
    def step(self, name: str, *, speaks: bool = False) -> Iterator[Note]:
        """A step of the work; call the note to say what came of it. One that `speaks` prints lines itself."""
        note, began = Note(), time.monotonic()
        live = sys.stdout.isatty() and not self.quiet and not speaks
        if live:
            print(f"  {name:<{NAME_WIDTH}} …", end="", flush=True)
        try:
            yield note
        except BaseException:
            if live:
                say()
            raise
        if not self.quiet:
            seconds = paint(f"{time.monotonic() - began:5.1f} s", "2")
            say(f"{chr(13) if live else ''}  {name:<{NAME_WIDTH}} {seconds}  {note.text}".rstrip())
