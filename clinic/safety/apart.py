"""Words that stand in pieces: letters written apart ("k i l l") and words cut in two ("sui cide")."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from clinic.safety.lexicon import Lexicon
from clinic.safety.lookalikes import STAND_INS
from clinic.safety.normalise import FULL_STOP, Reading, skeleton

# So many letters in a row, each apart, are read as words ("d i e"); "I, a" are not.
APART_FROM: Final = 3


def rejoin(reading: Reading, *, lexicon: Lexicon, strong: Set[str]) -> Reading | None:
    """The reading with its pieces put together, or None where there were none.

    Letters apart may spell any words of the rules; two halves are joined only to a `strong` word.
    """
    joined, changed, place = Reading(), False, 0
    while place < len(reading.words):
        run = _letters_apart(reading, place)
        if len(run) >= APART_FROM:
            changed = _add_letters(joined, reading, run, lexicon) or changed
            place = run[-1] + 1
        elif _is_half(reading, place, strong):
            span = (reading.spans[place][0], reading.spans[place + 1][1])
            joined.add(_together(reading, place), *span, reading.soft[place])
            changed, place = True, place + 2
        else:
            joined.add(reading.words[place], *reading.spans[place], reading.soft[place])
            place += 1
    return joined if changed else None


def _together(reading: Reading, place: int) -> str:
    return skeleton("".join(reading.words[place : place + 2]))


def _is_half(reading: Reading, place: int, strong: Set[str]) -> bool:
    halves = reading.words[place : place + 2]
    return len(halves) == 2 and FULL_STOP not in halves and _together(reading, place) in strong


def _letter(word: str) -> str:
    return STAND_INS.get(word, word)[0]


def _letters_apart(reading: Reading, place: int) -> list[int]:
    """The places from `place` on that hold one letter each; full stops between letters are passed over."""
    run: list[int] = []
    for at in range(place, len(reading.words)):
        if len(reading.words[at]) == 1:
            run.append(at)
        elif reading.words[at] != FULL_STOP or not run:
            break
    return run


def _add_letters(joined: Reading, reading: Reading, run: list[int], lexicon: Lexicon) -> bool:
    """Add letters that stand apart as the words that they spell; False where they spell none."""
    kept = _folded(reading, run)
    letters = "".join(_letter(reading.words[first]) for first, _last in kept)
    parts = lexicon.segment(letters)
    if not any(
        part.known and kept[part.end - 1][1] - kept[part.start][0] + 1 >= APART_FROM for part in parts
    ):
        for at in range(run[0], run[-1] + 1):
            joined.add(reading.words[at], *reading.spans[at], reading.soft[at])
        return False
    for part in parts:
        first, last = kept[part.start][0], kept[part.end - 1][1]
        span = (reading.spans[first][0], reading.spans[last][1])
        joined.add(letters[part.start : part.end], *span, reading.soft[first])
    return True


def _folded(reading: Reading, run: list[int]) -> list[tuple[int, int]]:
    """The first and last place of each letter; repeated letters are one letter, as in a skeleton."""
    folded: list[tuple[int, int]] = []
    for at in run:
        if folded and _letter(reading.words[folded[-1][1]]) == _letter(reading.words[at]):
            folded[-1] = (folded[-1][0], at)
        else:
            folded.append((at, at))
    return folded
