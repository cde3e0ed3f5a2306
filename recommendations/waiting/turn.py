"""Whose turn it is: which undecided drafts need a decision now, and which wait for a day or for somebody.

Asked in the query itself, so that a draft comes back at its moment without a task, a broker or a clock of its own.
"""

import datetime as dt
from typing import TypeVar

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from clinic import access
from clinic.actor import SOFTWARE, Actor, log
from clinic.models.user import User
from recommendations import workflow
from recommendations.models.pause import Answer, Pause, PauseKind
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import ASIDE, UNDECIDED, State

Rows = TypeVar("Rows", bound="QuerySet[Suggestion]")


def undecided(user: User, *, at: dt.datetime) -> QuerySet[Suggestion]:
    """Every undecided draft that this person may decide about, each with `is_turn`: whether it needs them now."""
    mine = access.record_ids(user, at=at, right=access.REVIEW)
    return with_turn(Suggestion.objects.filter(state__in=UNDECIDED, patient__in=mine), at=at)


def with_turn(rows: Rows, *, at: dt.datetime) -> Rows:
    """The same drafts with `is_turn`, and with `paused_until` and `after_reading` of their newest pause."""
    newest = Pause.objects.filter(suggestion=OuterRef("pk")).order_by("-paused_at", "-id")
    scored = MoodReading.objects.filter(patient=OuterRef("patient"), pk__gt=OuterRef("after_reading"))
    rows = rows.annotate(
        paused_until=Subquery(newest.values("until")[:1]),
        after_reading=Subquery(newest.values("after_reading")[:1]),
    )
    return rows.annotate(
        is_turn=Case(
            When(state=State.OPEN, then=Value(True)),
            When(state=State.DEFERRED, then=Q(paused_until__lte=at)),
            When(state=State.ASKED, then=Q(after_reading__isnull=False) & Exists(scored)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )


def your_turn(user: User, *, at: dt.datetime) -> QuerySet[Suggestion]:
    """The drafts that need this person's decision now."""
    return undecided(user, at=at).filter(Q(is_turn=True))


def put_aside(user: User, state: State, *, at: dt.datetime) -> QuerySet[Suggestion]:
    """The drafts that wait in this state and have not come back, those that have waited longest first."""
    return undecided(user, at=at).filter(Q(is_turn=False), state=state).order_by("waiting_since", "id")


def questions_to(user: User, *, at: dt.datetime) -> QuerySet[Pause]:
    """The questions that wait for this person's answer, about records that they may still see; oldest first."""
    later = Pause.objects.filter(suggestion=OuterRef("suggestion"), paused_at__gt=OuterRef("paused_at"))
    mine = Pause.objects.filter(
        asked_of=user,
        suggestion__state=State.ASKED,
        patient__in=access.record_ids(user, at=at),
    )
    return mine.exclude(Exists(later)).order_by("paused_at", "id")


def as_it_stands(suggestion: Suggestion) -> Suggestion:
    """A draft from `with_turn` that has come back by itself reads as open. Nothing is written."""
    if suggestion.state in ASIDE and getattr(suggestion, "is_turn", False):
        suggestion.state = State.OPEN
    return suggestion


def settle(locked: Suggestion, *, at: dt.datetime) -> None:
    """Write down that a draft had come back, before somebody acts on it. Its row is locked by the caller."""
    if locked.state not in ASIDE:
        return
    rows = with_turn(Suggestion.objects.filter(pk=locked.pk), at=at)
    if rows.filter(Q(is_turn=True)).exists():
        move(locked, "return", by=SOFTWARE, at=at)


def newest_of(suggestion: Suggestion) -> Pause | None:
    """The newest pause of a draft."""
    rows = Pause.objects.filter(suggestion=suggestion).select_related("asked_of__staff", "paused_by__staff")
    return rows.order_by("-paused_at", "-id").first()


def pauses_of(suggestion: Suggestion) -> list[tuple[Pause, Answer | None]]:
    """Every pause of a draft with its answer, oldest first: two queries, one where it was never put aside."""
    rows = Pause.objects.filter(suggestion=suggestion).select_related("asked_of__staff", "paused_by__staff")
    pauses = list(rows.order_by("paused_at", "id"))
    asked = [pause.pk for pause in pauses if pause.kind != PauseKind.DEFERRED]
    answers = Answer.objects.filter(pause__in=asked).select_related("answered_by__staff") if asked else ()
    found = {answer.pause_id: answer for answer in answers}
    return [(pause, found.get(pause.pk)) for pause in pauses]


def move(locked: Suggestion, name: str, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    """Move a draft along `recommendations.workflow`, with the audit entry that the move names."""
    step = workflow.check_move(name, state=locked.state)
    locked.state = step.target
    locked.save(update_fields=["state"])
    facts = {"digest": locked.digest, "round": locked.round}
    log(step.audit, by=by, at=at, patient=locked.patient, subject=locked, reason=reason, facts=facts)
