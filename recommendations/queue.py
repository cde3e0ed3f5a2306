"""What waits for a psychologist: drafts of their own caseload, oldest first. Nothing a model says moves a draft."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Min, Q, QuerySet, Subquery, Value
from django.db.models.expressions import F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.db.models.functions import Coalesce

from clinic import consent, people
from clinic.keys import Ring
from clinic.models.observation import Observation, Signal
from clinic.models.user import User
from clinic.people import Identity
from clinic.prepared import Prepared
from recommendations.models.review import SIGNED_VERDICTS, Review
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn
from recommendations.workflow import State

SPARK_DAYS = 28

NOT_LISTED = (
    *("facts", "digest", "release", "replaces", "round", "happened_at", "recorded_at"),
    *(f"reading__{name}" for name in ("inputs_digest", "digest", "patient", "release", "recorded_at")),
    *(
        f"patient__{name}"
        for name in ("created_at", "discharged_at", "discharged_by", "discharge_reason", "turn_to")
    ),
)
"""What a list never shows and a row would have to carry; moments cost most of it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this draft."""

    waiting_since: dt.datetime
    suggestion_id: UUID


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole queue in figures, and what is put aside beside it. `late_aside`: longer than the clinic aims for."""

    drafts: int
    patients: int
    oldest: dt.datetime | None
    deferred: int
    asked: int
    late_aside: int


@dataclass(frozen=True, slots=True)
class Row:
    """One draft in a list, with the person's own check-ins of four weeks: (day, mean mood), and the kind of step."""

    suggestion: Suggestion
    identity: Identity
    moods: tuple[tuple[dt.date, float], ...]
    kind: str


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
    """The drafts that need this person's decision now, oldest first; one that was put aside and came back too."""
    return turn.your_turn(user, at=at).order_by("waiting_since", "id")


def summary(user: User, *, at: dt.datetime, aim: dt.timedelta = dt.timedelta.max) -> Summary:
    """How many drafts for how many patients wait, since when the oldest, and what is put aside: one query.

    Who puts a late draft aside does not hide it: it is counted.
    """
    here, late = Q(is_turn=True), Q(waiting_since__lt=at - aim) if aim < dt.timedelta.max else Q(pk=None)
    return Summary(
        **turn.undecided(user, at=at).aggregate(
            drafts=Count("pk", filter=here),
            patients=Count("patient", filter=here, distinct=True),
            oldest=Min("waiting_since", filter=here),
            deferred=Count("pk", filter=Q(is_turn=False, state=State.DEFERRED)),
            asked=Count("pk", filter=Q(is_turn=False, state=State.ASKED)),
            late_aside=Count("pk", filter=Q(is_turn=False) & late),
        )
    )


def page(user: User, *, at: dt.datetime, limit: int, after: Cursor | None = None) -> list[Suggestion]:
    """Up to `limit` drafts after the cursor, by a true row comparison: as fast on the last page as on the first."""
    if after is None:
        return _first_page(limit).rows(user=user.pk, at=at)
    further = _further_page(limit)
    return further.rows(user=user.pk, at=at, since=after.waiting_since, draft=after.suggestion_id)


@lru_cache
def _first_page(limit: int) -> Prepared[Suggestion]:
    def write(*, user: UUID, at: dt.datetime) -> QuerySet[Suggestion]:
        return _listed(drafts_for(User(pk=user), at=at)[:limit])

    return Prepared(write, user=UUID, at=dt.datetime)


@lru_cache
def _further_page(limit: int) -> Prepared[Suggestion]:
    def write(*, user: UUID, at: dt.datetime, since: dt.datetime, draft: UUID) -> QuerySet[Suggestion]:
        further = TupleGreaterThan(Tuple(F("waiting_since"), F("id")), (since, draft))
        return _listed(drafts_for(User(pk=user), at=at).filter(further)[:limit])

    return Prepared(write, user=UUID, at=dt.datetime, since=dt.datetime, draft=UUID)


def _listed(drafts: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """These drafts with all that a list shows of them, which is fetched for the rows of the page alone."""
    shown = Suggestion.objects.filter(pk__in=drafts.values("pk")).order_by("waiting_since", "id")
    kind = KeyTextTransform("kind", "intervention__body")
    return shown.select_related("patient", "reading").annotate(kind=kind).defer(*NOT_LISTED)


def rows(drafts: Sequence[Suggestion], ring: Ring, *, at: dt.datetime) -> list[Row]:
    """The drafts with names and sparklines: one query for all of them; without those whose name does not open."""
    patients = {draft.patient_id: draft.patient for draft in drafts}
    identities = people.identities(list(patients.values()), ring, at=at)
    moods = daily_moods(patients, since=at.date() - dt.timedelta(days=SPARK_DAYS))
    return [
        Row(draft, identities[draft.patient_id], tuple(moods.get(draft.patient_id, ())), _kind(draft))
        for draft in drafts
        if draft.patient_id in identities
    ]


def _kind(draft: Suggestion) -> str:
    """The kind of step, which `page` fetched beside the draft."""
    return str(getattr(draft, "kind", ""))


def daily_moods(patient_ids: Iterable[UUID], *, since: dt.date) -> dict[UUID, list[tuple[dt.date, float]]]:
    """The mean mood of each day with check-ins from `since` on, by patient: one query."""
    rows = Observation.objects.filter(
        patient__in=set(patient_ids), signal=Signal.MOOD, superseded_at=None, local_date__gte=since
    )
    values = consent.shared(rows).values_list("patient_id", "local_date", "value")
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


@dataclass(frozen=True, slots=True)
class Own:
    """What this person signed since a moment, and the questions that wait for their answer."""

    signed: int
    questions: int


def own(user: User, *, since: dt.datetime, at: dt.datetime) -> Own:
    """The person's own figures: one query."""
    signed = signed_by(user).filter(decided_at__gte=since)
    return Own(
        *User.objects.filter(pk=user.pk)
        .values_list(_counted(signed), _counted(turn.questions_to(user, at=at)))
        .get()
    )


def signed_by(user: User) -> QuerySet[Review]:
    """The decisions that this person signed, newest first."""
    signed = Review.objects.filter(decided_by=user, verdict__in=SIGNED_VERDICTS)
    return signed.order_by("-decided_at", "-id")


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """The number of rows as a scalar of another query."""
    counted = rows.order_by().annotate(everything=Value(1)).values("everything").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)
