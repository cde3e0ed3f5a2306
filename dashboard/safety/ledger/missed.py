"""What a trial says about messages that were held out: which share would be missed, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clinic.safety.ledger.wilson import share
from dashboard.safety.ledger.shown import interval


@dataclass(frozen=True, slots=True)
class Found:
    """A share as it is read first, and of how many with its interval."""

    percent: str
    of: str


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted, in use now, with the tried thresholds."""

    name: str
    now: Found
    then: Found


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows; none where nothing was measured."""

    rows: list[Row]
    is_more: bool
    is_of_another: bool


def measured(kept: Mapping[str, Any]) -> Measured:
    """The figures of a trial as they are read."""
    if not kept:
        return Measured([], is_more=False, is_of_another=False)
    messages, everyday = kept["messages"], kept["everyday"]
    rows = [
        (_("Need help and get no card"), kept["no_card"], messages),
        (_("Need help and nobody is called"), kept["nobody_called"], messages),
        (_("Everyday messages with a card, in vain"), kept["in_vain"], everyday),
    ]
    return Measured(
        rows=[Row(name, _found(pair[0], of), _found(pair[1], of)) for name, pair, of in rows],
        is_more=any(pair[1] > pair[0] for _name, pair, _of in rows[:2]),
        is_of_another=not kept["is_installed"],
    )


def _found(hits: int, of: int) -> Found:
    found = share(hits, of)
    interval_of = _("{hits} of {of}; 95% interval {interval}")
    return Found(
        f"{round(100 * found.share)}%", interval_of.format(hits=hits, of=of, interval=interval(found))
    )
