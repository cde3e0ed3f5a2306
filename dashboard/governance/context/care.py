"""The list of care relationships, by record number, with when somebody last looked at each."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

from audit.reads import last_openings
from clinic import access, access_checks, unattended
from clinic.clock import local_date
from clinic.models.access_check import AccessCheck
from clinic.models.care import CareKind, CareRelationship
from clinic.models.user import Role, RoleGrant, StaffProfile
from dashboard.governance.context.names import printed
from dashboard.times import said, said_date

PAGE = 50


class Place(StrEnum):
    """Which care relationships a list shows."""

    STANDING = "standing"
    DUE = "due"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CareLine:
    """Who cares for which record, from when to when, when they last opened it and when somebody last looked at that.

    `may_end` is False where it ends by itself; `gone`: the colleague cannot sign in any more.
    """

    care_id: UUID
    record_number: str
    who: str
    kind: str
    since: str
    end: str
    opened: str
    checked: str
    is_due: bool
    may_end: bool
    may_hand_over: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class CareList:
    """One page; `after` asks for the next, empty on the last; `due` is how many wait to be looked at."""

    lines: list[CareLine]
    after: str
    due: int


def care_list(*, query: str, place: Place, after: UUID | None, at: dt.datetime, zone: str) -> CareList:
    """One page, newest first, what is due oldest first; `query` is the start of a record number or a part of a
    colleague's name. Five queries, six on later pages."""
    before = access_checks.due_before(at=at)
    due = access_checks.due(access.relationships(at=at), before=before)
    found = _searched(_of(place, due, at=at), query)
    oldest_first = place == Place.DUE
    if after and (last := CareRelationship.objects.filter(pk=after).first()):
        beyond = TupleGreaterThan if oldest_first else TupleLessThan
        found = found.filter(beyond(Tuple(F("starts_at"), F("id")), (last.starts_at, last.pk)))
    order = ("starts_at", "id") if oldest_first else ("-starts_at", "-id")
    rows = list(
        found.select_related("patient", "user__staff", "ended_by__staff")
        .defer(*(f"patient__{name}" for name in unattended.KEPT_CLOSED))
        .order_by(*order)[: PAGE + 1]
    )
    shown = rows[:PAGE]
    looks = _Looks(
        access_checks.last_checks([row.pk for row in shown]),
        last_openings([row.patient_id for row in shown], [row.user_id for row in shown]),
        before=before,
        at=at,
        zone=zone,
    )
    lines = [_line(row, looks) for row in shown]
    return CareList(lines, str(lines[-1].care_id) if len(rows) > PAGE else "", due.count())


def _of(place: Place, due: QuerySet[CareRelationship], *, at: dt.datetime) -> QuerySet[CareRelationship]:
    if place == Place.DUE:
        return due
    ended = CareRelationship.objects.filter(ends_at__lte=at)
    return ended if place == Place.ENDED else access.relationships(at=at)


def _searched(found: QuerySet[CareRelationship], query: str) -> QuerySet[CareRelationship]:
    number = Q(patient__record_number__startswith=query.upper())
    return found.filter(number | Q(user__staff__printed_name__icontains=query)) if query else found


@dataclass(frozen=True, slots=True)
class _Looks:
    """What is known of each relationship beside its own row."""

    checks: dict[UUID, AccessCheck]
    openings: dict[tuple[UUID, UUID], dt.datetime]
    before: dt.datetime
    at: dt.datetime
    zone: str

    def day(self, moment: dt.datetime) -> str:
        """A date, or the time of a moment of today."""
        day, today = (local_date(at=each, zone=self.zone) for each in (moment, self.at))
        return said(moment, at=self.at, zone=self.zone) if day == today else said_date(day, today=today)

    def opened(self, care: CareRelationship) -> str:
        moment = self.openings.get((care.patient_id, care.user_id))
        return self.day(moment) if moment else _("Never")

    def checked(self, care: CareRelationship) -> str:
        look = self.checks.get(care.pk)
        if look is None:
            return _("Not yet")
        return _("{when}, by {name}").format(when=self.day(look.checked_at), name=printed(look.checked_by))

    def is_due(self, care: CareRelationship) -> bool:
        look = self.checks.get(care.pk)
        return max(care.starts_at, look.checked_at if look else care.starts_at) <= self.before


def psychologists(*, at: dt.datetime) -> list[tuple[UUID, str]]:
    """Those who hold the role of psychologist and can sign in: id and printed name. One query."""
    holding = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), role=Role.PSYCHOLOGIST, starts_at__lte=at
    )
    found = StaffProfile.objects.filter(user__is_active=True, user__in=holding.values("user"))
    return list(found.order_by("printed_name").values_list("user_id", "printed_name"))


def _line(care: CareRelationship, looks: _Looks) -> CareLine:
    standing = care.ends_at is None or care.ends_at > looks.at
    return CareLine(
        care_id=care.pk,
        record_number=care.patient.record_number,
        who=printed(care.user),
        kind=str(CareKind(care.kind).label),
        since=looks.day(care.starts_at),
        end=_end(care, looks),
        opened=looks.opened(care),
        checked=looks.checked(care),
        is_due=standing and looks.is_due(care),
        may_end=standing and care.kind != CareKind.SAFETY,
        may_hand_over=standing and care.kind == CareKind.TREATING,
        gone=not care.user.is_active,
    )


def _end(care: CareRelationship, looks: _Looks) -> str:
    if care.ends_at is None:
        return _("With its alert") if care.kind == CareKind.SAFETY else _("No end set")
    when = said(care.ends_at, at=looks.at, zone=looks.zone)
    if care.ended_by:
        return _("{when}, by {name}").format(when=when, name=printed(care.ended_by))
    return when
