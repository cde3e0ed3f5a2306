"""How many alerts there were, for administrators: by year, without a name or a count that tells of a few (SR-43).

Whoever reads the audit log sees when an alert of whom was opened or closed. So nothing here may change with one alert
that would say what it was about: categories and levels stand only for years that are over, how alerts ended only once
none of the year is open, and for the running year there is one number, the total.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clinic.clock import local_date
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety.ledger.groups import masked
from clinic.safety.ledger.year import Counted, counted

EVERY = "every"
"""In the place of a category or a level: all alerts, each once."""

Row = tuple[UUID, int, list[str], dt.datetime, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one year of the clinic's calendar. A count is None where it would tell of 1 to 10 people.

    `lines` is empty while the year runs; `outcomes` is empty until every alert of the year is closed.
    """

    year: int
    total: int | None
    is_over: bool
    lines: tuple[Counted, ...]
    outcomes: tuple[tuple[str, int | None], ...]


def figures(*, zone: str, at: dt.datetime) -> list[Told]:
    """All years that have alerts, the newest first: one query."""
    rows = SafetyAlert.objects.values_list("patient_id", "level", "categories", "happened_at", "outcome")
    by_year: dict[int, list[Row]] = {}
    for row in rows:
        by_year.setdefault(local_date(at=row[3], zone=zone).year, []).append(row)
    this = local_date(at=at, zone=zone).year
    return [told(each, by_year[each], is_over=each < this) for each in sorted(by_year, reverse=True)]


def told(of: int, rows: list[Row], *, is_over: bool) -> Told:
    """What is told of these alerts of one year."""
    whole = counted(of, [row[:4] for row in rows])
    if not is_over or whole.total is None:
        return Told(of, whole.total, is_over, (), ())
    return Told(of, whole.total, is_over, whole.lines, tuple(_outcomes(rows)))


def _outcomes(rows: list[Row]) -> Iterable[tuple[str, int | None]]:
    if not all(outcome for *_rest, outcome in rows):
        return []
    alerts, people = Counter(outcome for *_rest, outcome in rows), dict[str, set[UUID]]()
    for patient, _level, _categories, _when, outcome in rows:
        people.setdefault(outcome, set()).add(patient)
    hidden = masked(people)
    return [(each, None if each in hidden else alerts[each]) for each in AlertOutcome if alerts[each]]
