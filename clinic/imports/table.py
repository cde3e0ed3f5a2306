"""A table of numbers as CSV: read strictly, every bad line named. The columns stand in docs/reference."""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from clinic.imports.refused import Reason
from clinic.models.consent import Source
from clinic.models.observation import Signal
from clinic.signals import MEANINGS

REQUIRED, OPTIONAL = ("record_number", "signal", "value", "happened_at"), ("unit", "source")
MOST_LINES, MOST_REASONS = 200_000, 1_000
LONGEST_LINE = 2_000
UNITS: dict[Signal, str] = {
    Signal.MOOD: "points",
    Signal.SLEEP: "hours",
    Signal.STEPS: "steps",
    Signal.ACTIVITY: "minutes",
    Signal.SOCIAL: "minutes",
    Signal.SCREEN: "hours",
    Signal.PHQ9: "points",
    Signal.PHQ8: "points",
    Signal.GAD7: "points",
}
WHOLE = frozenset({Signal.MOOD, Signal.STEPS, Signal.PHQ9, Signal.PHQ8, Signal.GAD7})
SOURCES = {"": Source.IMPORTED, "imported": Source.IMPORTED, "device": Source.DEVICE}

_NUMBER = re.compile(r"\d{1,7}(\.\d{1,6})?", re.ASCII)
_RECORD = re.compile(r"CS-\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One number of one person."""

    number: int
    record_number: str
    signal: Signal
    value: float
    happened_at: dt.datetime
    source: Source


class BadLine(ValueError):
    """A line cannot be taken in; the message says why without quoting a value."""


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
        lines.append(_read_line(row, number, at=at))
    except BadLine as error:
        reasons.append(Reason(_line(number), str(error)))
        if len(reasons) >= MOST_REASONS:
            raise BadLine(_("too many lines are wrong; reading stopped here")) from None


def _read_line(row: Mapping[str | None, str | list[str] | None], number: int, *, at: dt.datetime) -> Line:
    if None in row or None in row.values():
        raise BadLine(_("it has more or fewer values than there are columns"))
    text = {str(name): str(value).strip() for name, value in row.items()}
    if not _RECORD.fullmatch(text["record_number"]):
        raise BadLine(_("record_number is not written like CS-12345"))
    if text["signal"] not in Signal.values:
        raise BadLine(_("signal is not known; known are: %(names)s") % {"names": ", ".join(Signal.values)})
    signal = Signal(text["signal"])
    source = SOURCES.get(text.get("source", ""))
    if source is None or (signal is Signal.MOOD and source is Source.DEVICE):
        raise BadLine(_("source is imported (or empty), or device for what a device measured"))
    if text.get("unit") not in (None, "", UNITS[signal]):
        raise BadLine(_("%(signal)s is in %(unit)s") % {"signal": signal.value, "unit": UNITS[signal]})
    return Line(
        number=number,
        record_number=text["record_number"],
        signal=signal,
        value=_value(text["value"], signal),
        happened_at=_moment(text["happened_at"], at=at),
        source=source,
    )


def _value(text: str, signal: Signal) -> float:
    meaning = MEANINGS[signal]
    if not _NUMBER.fullmatch(text):
        raise BadLine(_("value is not a number like 6 or 7.5"))
    value = float(text)
    if not meaning.lowest <= value <= meaning.highest:
        words = _("%(signal)s is from %(lowest)g to %(highest)g")
        raise BadLine(words % {"signal": signal.value, "lowest": meaning.lowest, "highest": meaning.highest})
    if signal in WHOLE and not value.is_integer():
        raise BadLine(_("%(signal)s is a whole number") % {"signal": signal.value})
    return value


def _moment(text: str, *, at: dt.datetime) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadLine(_("happened_at is not written like 2026-03-04T21:30:00+01:00")) from None
    if moment.tzinfo is None:
        raise BadLine(_("happened_at has no offset: write it like 2026-03-04T21:30:00+01:00"))
    if not dt.datetime(1900, 1, 2, tzinfo=dt.UTC) < moment <= at:
        raise BadLine(_("happened_at lies in the future or before 1900"))
    return moment


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
