"""LOINC codes: the mod-10 check digit, and the one table that says what each code means and whether that was seen.

Public lists swap codes and name some that do not exist, so a code counts only where both hold: its check digit fits
and its meaning equals the table's (SR-2). A code that was not verified is exported as words, without a coding.

This material contains content from LOINC (https://loinc.org), copyright Regenstrief Institute, Inc. and the LOINC
Committee, available at no cost under the licence at https://loinc.org/license.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from clinic.questionnaires.definition import Code, Definition

SYSTEM: Final = "http://loinc.org"
_SHAPE: Final = re.compile(r"(LA(?=(?:\d\d)+-))?(\d+)-(\d)")
_ANSWER_LETTERS: Final = 5
"""What the letters of an answer code add before an even number of digits, as every known answer code shows."""


class Status(StrEnum):
    """Whether somebody saw a code with its meaning at a source."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A code of the table."""

    code: str
    meaning: str
    status: Status


@dataclass(frozen=True, slots=True)
class Coding:
    """A code as it may stand in an export."""

    system: str
    code: str
    display: str


def _table() -> dict[str, Pinned]:
    rows = json.loads(Path(__file__).with_name("codes.json").read_text(encoding="utf-8"))
    return {row["code"]: Pinned(row["code"], row["meaning"], Status(row["status"])) for row in rows}


TABLE: Final = _table()


def has_check_digit(code: str) -> bool:
    """Whether the last digit of a code is its mod-10 (Luhn) check digit."""
    found = _SHAPE.fullmatch(code)
    if found is None:
        return False
    letters, digits, check = found.groups()
    doubled = str(int(digits[::-1][::2]) * 2)
    crossed = sum(int(each) for each in doubled + digits[::-1][1::2]) + (_ANSWER_LETTERS if letters else 0)
    return -crossed % 10 == int(check)


def coding(code: str) -> Coding | None:
    """The coding of a code for an export, or None where it must be written as words only."""
    pinned = TABLE.get(code)
    if pinned is None or pinned.status is not Status.VERIFIED or not has_check_digit(code):
        return None
    return Coding(SYSTEM, pinned.code, pinned.meaning)


def faults(codes: Iterable[Code]) -> list[str]:
    """What is wrong with these codes, in words; none where each has its check digit and the table's meaning."""
    found = []
    for each in codes:
        pinned = TABLE.get(each.code)
        if not has_check_digit(each.code):
            found.append(f"{each.code} fails the check digit.")
        elif pinned is None:
            found.append(f"{each.code} is not in the table.")
        elif pinned.meaning != each.meaning:
            found.append(f"{each.code} means {pinned.meaning!r}, not {each.meaning!r}.")
    return found


def faults_of(definition: Definition) -> list[str]:
    """What is wrong with the codes of an instrument."""
    return faults(definition.codes)
