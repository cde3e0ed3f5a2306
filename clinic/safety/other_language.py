"""Whether words are surely in a language that is not read for danger, so that somebody is told so (SR-44).

Told by common words and by script, only where it is sure: a short note, a name, slang or a quotation says nothing. It
adds a sentence and never holds help back, so what it does not know costs no more than before.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from clinic.safety.language_words import KNOWN, OTHER, SHARED

MOST: Final = 2_000
"""Characters that are looked at: the language of a text shows in its beginning."""

LEAST_SHARE: Final = 0.2
"""Of all words, those that are common ones of the other language."""

LEAST_WORDS: Final = 3

LEAST_LETTERS: Final = 5
"""Different letters of another script. A laugh or a face has fewer."""

UNKNOWN: Final = "und"
"""The code of a language that is surely none of those that are read, and not known by name."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_ALIKE: Final = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ə": "e"})
_READ_SCRIPTS: Final = ("LATIN", "CYRILLIC")
_PERSIAN: Final = frozenset("پچژگکی")


def language_of(text: str) -> str | None:
    """The code of the language that a text is surely in where that is none of English, Russian and Uzbek."""
    plain = unicodedata.normalize("NFKC", text[:MOST])
    return _by_script(plain) or _by_words(_folded(plain))


def _folded(text: str) -> list[str]:
    """The words without case and accents. Letters that only Cyrillic has stay whole, for "й" is no "и"."""
    words = _WORD.findall(text.lower().translate(_ALIKE))
    return [word if _is_cyrillic(word) else _without_marks(word) for word in words]


def _without_marks(word: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter)
    )


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


def _by_words(words: list[str]) -> str | None:
    """The language most of whose common words stand here, with few of a language that is read.

    Three at least, for "c’est la vie" is English too; or nothing but such words, as "quiero morirme".
    """
    best: tuple[int, str] = (0, "")
    for code, common in OTHER.items():
        hits = [word for word in words if word in common]
        if len(set(hits)) > 1 and (len(hits) >= LEAST_WORDS or len(hits) == len(words)):
            best = max(best, (len(hits), code))
    count, code = best
    known = sum(word in KNOWN and word not in SHARED.get(code, ()) for word in words)
    return code if code and count >= LEAST_SHARE * len(words) and known * 4 <= count else None


def _by_script(text: str) -> str | None:
    letters = [letter for letter in text if letter.isalpha()]
    others = [letter for letter in letters if not unicodedata.name(letter, "LATIN").startswith(_READ_SCRIPTS)]
    if len(set(others)) < LEAST_LETTERS or len(others) * 5 < len(letters) * 4:
        return None
    arabic = sum(unicodedata.name(letter, "").startswith("ARABIC") for letter in others)
    if arabic * 2 > len(others):
        return UNKNOWN if _PERSIAN & set(others) else "ar"
    return UNKNOWN
