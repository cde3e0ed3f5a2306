"""What waits for whoever looks, as few facts as a screen needs that asks every three seconds: one query, no names."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject

from clinic import access
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import BEGUN_AT, AlertLevel, SafetyAlert
from clinic.models.user import User
from clinic.safety import answering


@dataclass(frozen=True, slots=True)
class Waiting:
    """People whose alerts nobody has taken: how many, the gravest level, since when; the newest alert that calls, and
    whether it is of somebody in the care of whoever looks."""

    count: int
    gravest: int
    since: dt.datetime
    newest: UUID
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Attempts of the person who looks that are due again: how many, the first of them and its alert."""

    count: int
    act: UUID
    alert: UUID


@dataclass(frozen=True, slots=True)
class Now:
    """What waits at this moment; `zone` is the clinic's."""

    waiting: Waiting | None
    due: Due | None
    zone: str


def now_waiting(person: User, *, at: dt.datetime) -> Now:
    """What waits for this person: one query."""
    found: Any = (
        Clinic.objects.annotate(waiting=_waiting(person, at=at), due=_due(person, at=at))
        .values("waiting", "due", "zone")
        .first()
    )
    if found is None:
        return Now(None, None, "UTC")
    waiting, due = found["waiting"], found["due"]
    return Now(
        waiting=Waiting(
            waiting["count"],
            waiting["gravest"],
            dt.datetime.fromisoformat(waiting["since"]),
            UUID(waiting["newest"]),
            waiting["mine"],
        )
        if waiting
        else None,
        due=Due(due["count"], UUID(due["act"]), UUID(due["alert"])) if due else None,
        zone=found["zone"],
    )


def people(person: User) -> int:
    """How many people wait for somebody to take an alert of theirs: one query."""
    return _untaken(person).aggregate(people=Count("patient", distinct=True))["people"] or 0


def _untaken(person: User) -> QuerySet[Any]:
    own = Patient.objects.filter(user=person, pk=OuterRef("patient"))
    return SafetyAlert.objects.filter(
        ~Exists(own), closed_at=None, taken_by=None, level__gte=AlertLevel.URGENT
    )


def _waiting(person: User, *, at: dt.datetime) -> Subquery:
    """Of each person the first alert calls, and each that is graver than all before it: whoever writes for a minute
    rings once, and hides nobody else."""
    in_my_care = access.record_ids(person, at=at, right=access.ANSWER).filter(patient=OuterRef("patient"))
    before = _untaken(person).filter(
        Q(recorded_at__lt=OuterRef("recorded_at"))
        | Q(recorded_at=OuterRef("recorded_at"), pk__lt=OuterRef("pk")),
        patient=OuterRef("patient"),
    )
    calling = _untaken(person).filter(~Exists(before.filter(level__gte=OuterRef("level"))))
    facts = calling.order_by("-recorded_at", "-pk").annotate(
        all=Window(Count("pk", filter=~Exists(before))),
        worst=Window(Max("level")),
        first=Window(Min(BEGUN_AT)),
    )
    found = JSONObject(count="all", gravest="worst", since="first", newest="pk", mine=Exists(in_my_care))
    return Subquery(facts.values(found=found)[:1])


def _due(person: User, *, at: dt.datetime) -> Subquery:
    rows: QuerySet[Any] = answering.retries(at=at).filter(alert__taken_by=person)
    found = JSONObject(count="all", act="pk", alert="alert_id")
    return Subquery(rows.annotate(all=Window(Count("pk"))).values(found=found)[:1])
