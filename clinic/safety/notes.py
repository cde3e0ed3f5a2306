"""What counts as a note: a sentence from which a colleague learns what was done."""

import re

from django.utils.translation import gettext as _

LONGEST = 4_000
"""Characters: two pages."""

FEWEST_WORDS = 4
FEWEST_SIGNS = 8
"""Different characters of a note in a script that writes no spaces."""

_WORD = re.compile(r"\w+")


class NoteTooShort(ValueError):
    """The note says nothing; the message says what is asked for."""

    def __init__(self) -> None:
        super().__init__(_("Write in a sentence what was done: at least four words."))


def is_sentence(note: str) -> bool:
    """Whether a note has at least four different words, or is as long in a script without spaces."""
    words = {word.casefold() for word in _WORD.findall(note)}
    signs = {sign for sign in note if sign.isalnum() and ord(sign) > 0x2E7F}
    return len(words) >= FEWEST_WORDS or len(signs) >= FEWEST_SIGNS


def check(note: str) -> None:
    """Raises NoteTooShort for a note that is no sentence, ValueError for one that is too long."""
    if not is_sentence(note):
        raise NoteTooShort
    if len(note) > LONGEST:
        raise ValueError("At most 4,000 characters.")
