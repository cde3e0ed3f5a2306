"""Licences by the day on which they end, with what is refused meanwhile."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.access import REVIEW, RIGHTS
from clinic.clock import local_date
from clinic.models.care import CareRelationship
from clinic.models.user import Role, RoleGrant, StaffProfile
from dashboard.governance.context.people import Licence, licence
from dashboard.times import said_date

MOST = 500
"""Psychologists on the page; a clinic has some hundreds at most."""


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """One psychologist's licence. `blocked` says what is refused, or that nothing is."""

    user_id: UUID
    name: str
    title: str
    licence: Licence | None
    blocked: str
    is_blocked: bool
    trained: str


@dataclass(frozen=True, slots=True)
class LicencePage:
    """All of them, the first to end first, and how many are refused or soon will be."""

    lines: list[LicenceLine]
    blocked: int
    soon: int


def licence_page(*, at: dt.datetime, zone: str) -> LicencePage:
    """Two queries for any number."""
    today = local_date(at=at, zone=zone)
    holding = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), role=Role.PSYCHOLOGIST, starts_at__lte=at
    )
    found = StaffProfile.objects.filter(user__is_active=True, user__in=holding.values("user"))
    profiles = list(found.order_by(F("licence_valid_until").asc(nulls_first=True), "printed_name")[:MOST])
    cares = _records_of([profile.user_id for profile in profiles], at=at)
    lines = [_line(profile, cares.get(profile.user_id, 0), today=today) for profile in profiles]
    late = sum(line.licence is not None and line.licence.late for line in lines)
    blocked = sum(line.is_blocked for line in lines)
    return LicencePage(lines, blocked, late - blocked)


def _records_of(user_ids: list[UUID], *, at: dt.datetime) -> dict[UUID, int]:
    """For how many records each of them may sign."""
    kinds = [kind for kind, given in RIGHTS.items() if REVIEW in given]
    standing = CareRelationship.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), user__in=user_ids, kind__in=kinds, starts_at__lte=at
    )
    counted = standing.values("user").annotate(records=Count("patient", distinct=True))
    return dict(counted.values_list("user", "records"))


def _line(profile: StaffProfile, records: int, *, today: dt.date) -> LicenceLine:
    until = profile.licence_valid_until
    is_blocked = until is None or until < today
    return LicenceLine(
        user_id=profile.user_id,
        name=profile.printed_name,
        title=profile.title,
        licence=licence(profile, [Role.PSYCHOLOGIST], today=today),
        blocked=_blocked(records) if is_blocked else _("Nothing"),
        is_blocked=is_blocked,
        trained=said_date(profile.trained_on, today=today) if profile.trained_on else _("Not recorded"),
    )


def _blocked(records: int) -> str:
    words = ngettext("Signing, for {count} record", "Signing, for {count} records", records)
    return words.format(count=records)
