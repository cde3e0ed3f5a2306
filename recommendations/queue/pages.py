"""The drafts that wait for somebody, oldest first, page by page."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from clinic.models.user import User
from clinic.prepared import Prepared
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn

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


def drafts_for(user: User, *, at: dt.datetime) -> QuerySet[Suggestion]:
    """The drafts that need this person's decision now, oldest first; one that was put aside and came back too."""
    return turn.your_turn(user, at=at).order_by("waiting_since", "id")


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
