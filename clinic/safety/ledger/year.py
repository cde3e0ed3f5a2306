"""How many alerts a year brought, by category and level (SR-43): what a yearly report states."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from clinic.clock import local_date
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety.ledger.categories import label, ordered
from clinic.safety.ledger.groups import is_small, masked

Row = tuple[UUID, int, list[str], dt.datetime]


@dataclass(frozen=True, slots=True)
class Counted:
    """The alerts of one category; a count is None where it would tell of 1 to 10 people, or give such a one away."""

    category: str
    counts: tuple[int | None, ...]
    """By level, the least first."""
    alerts: int | None

    @property
    def name(self) -> str:
        """The category in words."""
        return label(self.category)


@dataclass(frozen=True, slots=True)
class Year:
    """The counts of one year and their total. `total` is None where all of it concerns 1 to 10 people.

    While the year runs there are no `lines`: two looks round one alert would say what it was about.
    """

    year: int
    lines: tuple[Counted, ...]
    total: int | None
    is_over: bool = True


def years(*, zone: str) -> list[int]:
    """Every year in which an alert was raised, the newest first."""
    moments = SafetyAlert.objects.order_by("happened_at").values_list("happened_at", flat=True)
    first, last = moments.first(), moments.last()
    if first is None or last is None:
        return []
    begin, end = local_date(at=first, zone=zone).year, local_date(at=last, zone=zone).year
    return list(range(end, begin - 1, -1))


def of_year(year: int, *, zone: str, at: dt.datetime) -> Year:
    """The counts of a year of the clinic's calendar, by category once it is over: one query."""
    around = (
        dt.datetime(year, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=1),
        dt.datetime(year + 1, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=1),
    )
    rows = SafetyAlert.objects.filter(happened_at__range=around)
    found = rows.values_list("patient_id", "level", "categories", "happened_at")
    whole = counted(year, [row for row in found if local_date(at=row[3], zone=zone).year == year])
    if year < local_date(at=at, zone=zone).year:
        return whole
    return replace(whole, lines=(), is_over=False)


def counted(year: int, rows: Iterable[Row]) -> Year:
    """The counts of these alerts, each under its gravest category."""
    alerts: dict[str, Counter[int]] = {}
    people: dict[str, dict[int, set[UUID]]] = {}
    for patient, level, categories, _when in rows:
        name = categories[0] if categories else ""
        alerts.setdefault(name, Counter())[level] += 1
        people.setdefault(name, {}).setdefault(level, set()).add(patient)
    everybody = {name: set().union(*levels.values()) for name, levels in people.items()}
    hidden = masked(everybody)
    total = sum(sum(counts.values()) for counts in alerts.values())
    return Year(
        year=year,
        lines=tuple(
            _line(name, alerts[name], people[name], hidden=name in hidden) for name in ordered(alerts)
        ),
        total=None if is_small(len(set().union(*everybody.values()))) else total,
    )


def _line(name: str, counts: Counter[int], people: dict[int, set[UUID]], *, hidden: bool) -> Counted:
    if hidden:
        return Counted(name, (None,) * len(AlertLevel), None)
    few = masked(people)
    return Counted(
        category=name,
        counts=tuple(None if level in few else counts[level] for level in AlertLevel),
        alerts=sum(counts.values()),
    )
