"""One line of a table of numbers: read strictly, and refused in words that quote nothing."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.models.consent import Source
from clinic.models.observation import Signal
from clinic.signals import MEANINGS

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
FORMS = frozenset({Signal.PHQ9, Signal.PHQ8, Signal.GAD7})
SOURCES = {"": Source.IMPORTED, "imported": Source.IMPORTED, "device": Source.DEVICE}
ELSEWHERE = {"check_in": (Source.CHECK_IN, {Signal.MOOD}), "questionnaire": (Source.QUESTIONNAIRE, FORMS)}
"""What a person entered into another installation is a number from elsewhere here: nobody filled in anything here. Its
source is kept as `came_as`."""

_NUMBER = re.compile(r"\d{1,7}(\.\d{1,20})?", re.ASCII)
_RECORD = re.compile(r"CS-\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One number of one person. `day` is the local day that the file says it counts for; `came_as` the source that it
    had in another installation, where that cannot be its source here."""

    number: int
    record_number: str
    signal: Signal
    value: float
    happened_at: dt.datetime
    source: Source
    day: dt.date | None = None
    came_as: Source | None = None


class BadLine(ValueError):
    """A line cannot be taken in; the message says why without quoting a value."""


def read_line(row: Mapping[str | None, str | list[str] | None], number: int, *, at: dt.datetime) -> Line:
    """The number that a row holds. Raises BadLine."""
    if None in row or None in row.values():
        raise BadLine(_("it has more or fewer values than there are columns"))
    text = {str(name): str(value).strip() for name, value in row.items()}
    if not _RECORD.fullmatch(text["record_number"]):
        raise BadLine(_("record_number is not written like CS-12345"))
    if text["signal"] not in Signal.values:
        raise BadLine(_("signal is not known; known are: %(names)s") % {"names": ", ".join(Signal.values)})
    signal = Signal(text["signal"])
    source, came_as = _source(text.get("source", ""), signal)
    if text.get("unit") not in (None, "", UNITS[signal]):
        raise BadLine(_("%(signal)s is in %(unit)s") % {"signal": signal.value, "unit": UNITS[signal]})
    happened_at = _moment(text["happened_at"], at=at)
    return Line(
        number=number,
        record_number=text["record_number"],
        signal=signal,
        value=_value(text["value"], signal),
        happened_at=happened_at,
        source=source,
        day=_day(text.get("local_date", ""), happened_at),
        came_as=came_as,
    )


def _source(text: str, signal: Signal) -> tuple[Source, Source | None]:
    """The source that the number has here, and the one that it had elsewhere."""
    came_as, signals = ELSEWHERE.get(text, (None, frozenset()))
    if came_as and signal in signals:
        return Source.IMPORTED, came_as
    source = SOURCES.get(text)
    if source is None or (signal is Signal.MOOD and source is Source.DEVICE):
        words = _(
            "source is imported (or empty), device for what a device measured, check_in for mood or questionnaire for "
            "totals of questionnaires"
        )
        raise BadLine(words)
    return source, None


def _day(text: str, happened_at: dt.datetime) -> dt.date | None:
    """The local day, which is that of the moment, or one beside it, wherever on earth the person was."""
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadLine(_("local_date is not written like 2026-03-04")) from None
    if abs(day - happened_at.astimezone(dt.UTC).date()) > dt.timedelta(days=1):
        raise BadLine(_("local_date is more than a day away from happened_at"))
    return day


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
