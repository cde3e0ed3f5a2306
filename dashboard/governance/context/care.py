"""The list of care relationships, by record number."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.utils.translation import gettext as _

from clinic import access
from clinic.clock import local_date
from clinic.models.care import CareKind, CareRelationship
from clinic.models.user import Role, RoleGrant, StaffProfile
from dashboard.governance.context.names import printed
from dashboard.times import said, said_date

PAGE = 50


@dataclass(frozen=True, slots=True)
class CareLine:
    """Who cares for which record, from when to when. `may_end` is False where it ends by itself; `gone`: the colleague
    cannot sign in any more."""

    care_id: UUID
    record_number: str
    who: str
    kind: str
    since: str
    end: str
    may_end: bool
    may_hand_over: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class CareList:
    """One page, newest first; `after` asks for the next, empty on the last."""

    lines: list[CareLine]
    after: str


def care_list(*, query: str, ended: bool, after: UUID | None, at: dt.datetime, zone: str) -> CareList:
    """Standing or ended relationships; `query` is the start of a record number or a part of a colleague's name."""
    found = CareRelationship.objects.filter(ends_at__lte=at) if ended else access.relationships(at=at)
    if query:
        number = Q(patient__record_number__startswith=query.upper())
        found = found.filter(number | Q(user__staff__printed_name__icontains=query))
    if after and (last := CareRelationship.objects.filter(pk=after).first()):
        place = Tuple(F("starts_at"), F("id"))
        found = found.filter(TupleLessThan(place, (last.starts_at, last.pk)))
    rows = list(
        found.select_related("patient", "user__staff", "ended_by__staff")
        .defer("patient__name", "patient__pronouns", "patient__birth_date", "patient__phone")
        .order_by("-starts_at", "-id")[: PAGE + 1]
    )
    lines = [_line(row, at=at, zone=zone) for row in rows[:PAGE]]
    return CareList(lines, str(lines[-1].care_id) if len(rows) > PAGE else "")


def psychologists(*, at: dt.datetime) -> list[tuple[UUID, str]]:
    """Those who hold the role of psychologist and can sign in: id and printed name. One query."""
    holding = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), role=Role.PSYCHOLOGIST, starts_at__lte=at
    )
    found = StaffProfile.objects.filter(user__is_active=True, user__in=holding.values("user"))
    return list(found.order_by("printed_name").values_list("user_id", "printed_name"))


def _line(care: CareRelationship, *, at: dt.datetime, zone: str) -> CareLine:
    standing = care.ends_at is None or care.ends_at > at
    return CareLine(
        care_id=care.pk,
        record_number=care.patient.record_number,
        who=printed(care.user),
        kind=str(CareKind(care.kind).label),
        since=_day(care.starts_at, at=at, zone=zone),
        end=_end(care, at=at, zone=zone),
        may_end=standing and care.kind != CareKind.SAFETY,
        may_hand_over=standing and care.kind == CareKind.TREATING,
        gone=not care.user.is_active,
    )


def _day(moment: dt.datetime, *, at: dt.datetime, zone: str) -> str:
    """A date, or the time of a moment of today."""
    day, today = local_date(at=moment, zone=zone), local_date(at=at, zone=zone)
    return said(moment, at=at, zone=zone) if day == today else said_date(day, today=today)


def _end(care: CareRelationship, *, at: dt.datetime, zone: str) -> str:
    if care.ends_at is None:
        return _("With its alert") if care.kind == CareKind.SAFETY else _("No end set")
    when = said(care.ends_at, at=at, zone=zone)
    if care.ended_by:
        return _("{when}, by {name}").format(when=when, name=printed(care.ended_by))
    return when
