"""What waits for a psychologist: drafts of their own caseload, oldest first. Nothing a model says moves a draft."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.db.models.expressions import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from clinic import access, people
from clinic.keys import Ring
from clinic.models.observation import Observation, Signal
from clinic.models.user import User
from clinic.people import Identity
from recommendations.models.review import SIGNED_VERDICTS, Review
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import State

SPARK_DAYS = 28


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this draft."""

    waiting_since: dt.datetime
    suggestion_id: UUID


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole queue in three figures."""

    drafts: int
    patients: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One draft in a list, with the person's own check-ins of four weeks: (day, mean mood)."""

    suggestion: Suggestion
    identity: Identity
    moods: tuple[tuple[dt.date, float], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open draft, as far as a link to it needs."""

    suggestion_id: UUID
    patient_id: UUID
    record_number: str
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """A draft's place in the queue, from 1; 0 where it is not in it, and then the first draft comes after it."""

    number: int
    length: int
    before: Waiting | None
    after: Waiting | None
    of_patient: tuple[Waiting, ...]


def drafts_for(user: User, *, at: dt.datetime) -> QuerySet[Suggestion]:
    """The open drafts that this person may decide about, oldest first."""
    records = access.records(user, at=at, right=access.REVIEW)
    drafts = Suggestion.objects.filter(state=State.OPEN, patient__in=records.values("pk"))
    return drafts.order_by("waiting_since", "id")


def summary(user: User, *, at: dt.datetime) -> Summary:
    """How many drafts for how many patients wait, and since when the oldest: one query."""
    figures = drafts_for(user, at=at).aggregate(
        drafts=Count("pk"), patients=Count("patient", distinct=True), oldest=Min("waiting_since")
    )
    return Summary(**figures)


def page(user: User, *, at: dt.datetime, limit: int, after: Cursor | None = None) -> list[Suggestion]:
    """Up to `limit` drafts after the cursor, by a true row comparison: as fast on the last page as on the first."""
    drafts = drafts_for(user, at=at)
    if after:
        place = Tuple(F("waiting_since"), F("id"))
        drafts = drafts.filter(TupleGreaterThan(place, (after.waiting_since, after.suggestion_id)))
    return list(drafts.select_related("patient", "reading", "intervention", "release")[:limit])


def rows(drafts: Sequence[Suggestion], ring: Ring, *, at: dt.datetime) -> list[Row]:
    """The drafts with names and sparklines: one query for all of them; without those whose name does not open."""
    patients = {draft.patient_id: draft.patient for draft in drafts}
    identities = people.identities(list(patients.values()), ring, at=at)
    moods = daily_moods(patients, since=at.date() - dt.timedelta(days=SPARK_DAYS))
    return [
        Row(draft, identities[draft.patient_id], tuple(moods.get(draft.patient_id, ())))
        for draft in drafts
        if draft.patient_id in identities
    ]


def daily_moods(patient_ids: Iterable[UUID], *, since: dt.date) -> dict[UUID, list[tuple[dt.date, float]]]:
    """The mean mood of each day with check-ins from `since` on, by patient: one query."""
    values = Observation.objects.filter(
        patient__in=set(patient_ids), signal=Signal.MOOD, superseded_at=None, local_date__gte=since
    ).values_list("patient_id", "local_date", "value")
    days: dict[UUID, dict[dt.date, list[float]]] = defaultdict(lambda: defaultdict(list))
    for patient_id, day, value in values:
        days[patient_id][day].append(value)
    return {
        patient_id: [(day, sum(moods) / len(moods)) for day, moods in sorted(found.items())]
        for patient_id, found in days.items()
    }


def place_of(user: User, suggestion: Suggestion, *, at: dt.datetime) -> Place:
    """Where a draft stands in the person's queue, what is before and after it, and its patient's drafts: one query."""
    columns = ("pk", "patient_id", "patient__record_number", "code")
    waiting = [Waiting(*row) for row in drafts_for(user, at=at).values_list(*columns)]
    ids = [each.suggestion_id for each in waiting]
    here = ids.index(suggestion.pk) if suggestion.pk in ids else -1
    return Place(
        number=here + 1,
        length=len(waiting),
        before=waiting[here - 1] if here > 0 else None,
        after=waiting[here + 1] if here + 1 < len(waiting) else None,
        of_patient=tuple(each for each in waiting if each.patient_id == suggestion.patient_id),
    )


def signed_since(user: User, *, since: dt.datetime) -> int:
    """How many decisions this person signed from `since` on: one query."""
    signed = Review.objects.filter(decided_by=user, decided_at__gte=since, verdict__in=SIGNED_VERDICTS)
    return signed.count()
