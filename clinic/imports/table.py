"""A table of numbers as CSV: read strictly, every bad line named. The columns stand in docs/reference."""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from clinic.imports.line import BadLine, Line, read_line
from clinic.imports.refused import Reason

REQUIRED, OPTIONAL = (
    ("record_number", "signal", "value", "happened_at"),
    ("unit", "source", "local_date", "zone", "as_of"),
)
"""`zone` and `as_of` stand in the tables that this program writes, for people who read them; they are passed over."""
MOST_LINES, MOST_REASONS = 200_000, 1_000
LONGEST_LINE = 2_000


class BadText(BadLine):
    """The next line cannot even be read."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, and why it cannot be taken in."""

    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]


def read(path: Path, *, at: dt.datetime) -> Table:
    """Read a whole file. It never raises for what the file holds: the reasons are in the answer."""
    lines: list[Line] = []
    reasons: list[Reason] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(_bounded(stream), strict=True)
        try:
            _check_header(rows.fieldnames)
            for row in rows:
                _take(row, rows.line_num, lines, reasons, at=at)
        except BadText as error:
            reasons.append(Reason(_line(rows.line_num + 1), str(error)))
        except BadLine as error:
            reasons.append(Reason(_line(rows.line_num), str(error)))
        except UnicodeDecodeError:
            reasons.append(Reason(_line(rows.line_num + 1), _("the text is not UTF-8")))
        except csv.Error:
            reasons.append(
                Reason(_line(rows.line_num), _("a quoted value does not end, or quotes stand wrongly"))
            )
    if not lines and not reasons:
        reasons.append(Reason("", _("it holds no line with a number")))
    return Table(tuple(lines), tuple(reasons + _contradictions(lines)))


def _line(number: int) -> str:
    return _("line %(number)d") % {"number": max(number, 1)}


def _bounded(stream: TextIO) -> Iterator[str]:
    """The lines of a file, none of them longer than is held in memory."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadText(_("a line is longer than %(count)d characters") % {"count": LONGEST_LINE})
        if "\x00" in line:
            raise BadText(_("a line holds the character U+0000"))
        yield line


def _check_header(found: object) -> None:
    names = list(found) if isinstance(found, list | tuple) else []
    if len(names) == 1 and ";" in names[0]:
        raise BadLine(_("the columns are separated by semicolons: separate them by commas"))
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise BadLine(_("a column is missing: %(names)s") % {"names": ", ".join(missing)})
    if len(set(names)) != len(names) or set(names) - {*REQUIRED, *OPTIONAL}:
        known = ", ".join((*REQUIRED, *OPTIONAL))
        raise BadLine(_("a column is not known or stands twice; known are: %(names)s") % {"names": known})


def _take(
    row: Mapping[str | None, str | list[str] | None],
    number: int,
    lines: list[Line],
    reasons: list[Reason],
    *,
    at: dt.datetime,
) -> None:
    if len(lines) + len(reasons) >= MOST_LINES:
        raise BadLine(_("the file holds more than %(count)d lines: split it") % {"count": MOST_LINES})
    try:
        lines.append(read_line(row, number, at=at))
    except BadLine as error:
        reasons.append(Reason(_line(number), str(error)))
        if len(reasons) >= MOST_REASONS:
            raise BadLine(_("too many lines are wrong; reading stopped here")) from None


def _contradictions(lines: list[Line]) -> list[Reason]:
    """Lines that say another value for what an earlier line says: nobody can tell which one is right."""
    seen: dict[tuple[str, str, str, dt.datetime], Line] = {}
    found: list[Reason] = []
    for line in lines:
        first = seen.setdefault((line.record_number, line.signal, line.source, line.happened_at), line)
        if first.value != line.value and len(found) < MOST_REASONS:
            words = _("it contradicts line %(number)d: the same person, signal and moment") % {
                "number": first.number
            }
            found.append(Reason(_line(line.number), words))
    return found
