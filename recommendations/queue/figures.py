"""The queue in figures: how much waits, where one draft stands, and what the person did."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Min, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clinic.models.user import User
from clinic.prepared import Prepared
from recommendations.models.review import SIGNED_VERDICTS, Review
from recommendations.models.suggestion import Suggestion
from recommendations.queue.pages import drafts_for
from recommendations.waiting import turn
from recommendations.workflow import State


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole queue in figures, and what is put aside beside it. `late_aside`: longer than the clinic aims for."""

    drafts: int
    patients: int
    oldest: dt.datetime | None
    deferred: int
    asked: int
    late_aside: int


NOTHING_WAITS = Summary(drafts=0, patients=0, oldest=None, deferred=0, asked=0, late_aside=0)

LONG_AGO = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
"""Nothing has waited since."""


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


def summary(user: User, *, at: dt.datetime, aim: dt.timedelta = dt.timedelta.max) -> Summary:
    """How many drafts for how many patients wait, since when the oldest, and what is put aside: one query.

    Who puts a late draft aside does not hide it: it is counted.
    """
    late_before = at - aim if aim < dt.timedelta.max else LONG_AGO
    found = _summary.rows(user=user.pk, at=at, late_before=late_before)
    return Summary(*found[0]) if found else NOTHING_WAITS


def _write_summary(
    *, user: UUID, at: dt.datetime, late_before: dt.datetime
) -> QuerySet[Any, tuple[Any, ...]]:
    here, aside = Q(is_turn=True), Q(is_turn=False)
    rows = turn.undecided(User(pk=user), at=at).order_by().annotate(everything=Value(1)).values("everything")
    return rows.annotate(
        drafts=Count("pk", filter=here),
        patients=Count("patient", filter=here, distinct=True),
        oldest=Min("waiting_since", filter=here),
        deferred=Count("pk", filter=aside & Q(state=State.DEFERRED)),
        asked=Count("pk", filter=aside & Q(state=State.ASKED)),
        late_aside=Count("pk", filter=aside & Q(waiting_since__lt=late_before)),
    ).values_list("drafts", "patients", "oldest", "deferred", "asked", "late_aside")


_summary = Prepared(_write_summary, user=UUID, at=dt.datetime, late_before=dt.datetime)


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
