"""Reading a patient's own check-ins: the numbers for the chart, and page by page with the words."""

import datetime as dt
import json
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from clinic.intake import FEELINGS
from clinic.keys import CannotOpen, Ring
from clinic.models.consent import Source
from clinic.models.observation import CheckIn, Observation, Signal
from clinic.models.patient import Patient
from dashboard.figures.portal import LONGEST_SILENCE_DAYS

PAGE = 20


@dataclass(frozen=True, slots=True)
class DayMoods:
    """The moods of one local day, in the order in which they were entered."""

    day: dt.date
    moods: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a check-in, first and last included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Entry:
    """One check-in with its words. `opened` is False where the words cannot be opened just now."""

    check_in_id: UUID
    happened_at: dt.datetime
    day: dt.date
    mood: int
    feelings: tuple[str, ...]
    note: str
    corrected: bool
    opened: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first, and the id before which the next page begins; None on the last one."""

    entries: tuple[Entry, ...]
    next_before: UUID | None


def day_moods(patient: Patient, *, since: dt.date) -> list[DayMoods]:
    """The moods from `since` on, day by day, corrected ones left out: one query."""
    rows = Observation.objects.filter(
        patient=patient,
        signal=Signal.MOOD,
        source=Source.CHECK_IN,
        superseded_at=None,
        local_date__gte=since,
    )
    pairs = rows.order_by("local_date", "happened_at", "id").values_list("local_date", "value")
    return [DayMoods(day, tuple(int(v) for _, v in each)) for day, each in groupby(pairs, lambda p: p[0])]


def gaps(days: list[dt.date], *, until: dt.date) -> list[Gap]:
    """The pauses of more than three days between these days, in order, and from the last one to `until`."""
    one = dt.timedelta(days=1)
    pairs = zip(days, [*days[1:], until + one], strict=True) if days else ()
    return [
        Gap(day + one, following - one)
        for day, following in pairs
        if (following - day).days - 1 > LONGEST_SILENCE_DAYS
    ]


def page(patient: Patient, ring: Ring | None, *, before: UUID | None) -> Page:
    """One page of the patient's check-ins, newest first, equally fast at any depth: one query, two when paged."""
    rows = _standing(patient)
    if before is not None:
        mark = CheckIn.objects.filter(patient=patient, pk=before).first()
        if mark is not None:
            earlier = Q(happened_at=mark.happened_at, pk__lt=mark.pk)
            rows = rows.filter(Q(happened_at__lt=mark.happened_at) | earlier)
    found = list(rows[: PAGE + 1])
    entries = tuple(entry(each, ring) for each in found[:PAGE])
    return Page(entries, entries[-1].check_in_id if len(found) > PAGE else None)


def every(patient: Patient, ring: Ring) -> tuple[Entry, ...]:
    """All of the patient's check-ins that stand, newest first: one query."""
    return tuple(entry(each, ring) for each in _standing(patient))


def _standing(patient: Patient) -> QuerySet[CheckIn]:
    rows = CheckIn.objects.filter(patient=patient, superseded_by=None)
    return rows.select_related("observation").order_by("-happened_at", "-pk")


def entry(check_in: CheckIn, ring: Ring | None) -> Entry:
    """A check-in with its words opened, or marked as closed where they cannot be."""
    feelings, note, opened = _words(check_in, ring)
    return Entry(
        check_in_id=check_in.pk,
        happened_at=check_in.happened_at,
        day=check_in.local_date,
        mood=int(check_in.observation.value),
        feelings=feelings,
        note=note,
        corrected=check_in.supersedes_id is not None,
        opened=opened,
    )


def _words(check_in: CheckIn, ring: Ring | None) -> tuple[tuple[str, ...], str, bool]:
    if ring is None:
        return (), "", check_in.feelings is None and check_in.note is None
    try:
        feelings = json.loads(check_in.unseal(ring, "feelings") or "[]")
        return tuple(each for each in feelings if each in FEELINGS), check_in.unseal(ring, "note"), True
    except CannotOpen:
        return (), "", False
