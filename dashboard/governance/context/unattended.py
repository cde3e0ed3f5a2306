"""The list of records that nobody attends to, by record number, with why and what can be done."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import unattended
from clinic.clock import local_date
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import Patient
from clinic.models.user import Role, StaffProfile
from dashboard.governance.context.names import printed
from dashboard.governance.context.people import standing_roles
from dashboard.times import said_date

PAGE = 50


@dataclass(frozen=True, slots=True)
class UnattendedLine:
    """One record: why nobody attends to it, who else may open it, and the care that can be handed over, if any."""

    record_number: str
    why: list[str]
    others: list[str]
    hand_over: UUID | None


@dataclass(frozen=True, slots=True)
class UnattendedList:
    """One page in the order of record numbers, and how many there are in all; `after` asks for the next."""

    lines: list[UnattendedLine]
    total: int
    after: str


def unattended_list(*, query: str, after: str, at: dt.datetime, zone: str) -> UnattendedList:
    """One page: four queries for any number."""
    today = local_date(at=at, zone=zone)
    every = unattended.records(at=at, today=today)
    found = every.filter(record_number__startswith=query.upper()) if query else every
    if after:
        found = found.filter(record_number__gt=after)
    rows = list(found.order_by("record_number")[: PAGE + 1])
    patients = rows[:PAGE]
    cares = unattended.history(patients)
    roles = standing_roles({care.user_id for each in cares.values() for care in each}, at=at)
    told = _Teller(roles, at=at, zone=zone, today=today)
    lines = [told.line(patient, cares[patient.pk]) for patient in patients]
    return UnattendedList(lines, every.count(), lines[-1].record_number if len(rows) > PAGE else "")


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says of one record why nobody attends to it."""

    roles: dict[UUID, list[Role]]
    at: dt.datetime
    zone: str
    today: dt.date

    def line(self, patient: Patient, cares: list[CareRelationship]) -> UnattendedLine:
        standing = [care for care in cares if care.ends_at is None or care.ends_at > self.at]
        treating = [care for care in standing if care.kind == CareKind.TREATING]
        return UnattendedLine(
            record_number=patient.record_number,
            why=[self._cannot(care) for care in treating] or [self._ended(cares)],
            others=[
                f"{printed(care.user)}, {CareKind(care.kind).label}"
                for care in standing
                if care.kind != CareKind.TREATING and self._acts(care)
            ],
            hand_over=treating[0].pk if treating else None,
        )

    def _acts(self, care: CareRelationship) -> bool:
        return care.user.is_active and Role.PSYCHOLOGIST in self.roles.get(care.user_id, [])

    def _cannot(self, care: CareRelationship) -> str:
        """Why somebody who treats cannot act."""
        profile: StaffProfile | None = getattr(care.user, "staff", None)
        name = printed(care.user)
        if not care.user.is_active:
            return _("{name} cannot sign in any more").format(name=name)
        if Role.PSYCHOLOGIST not in self.roles.get(care.user_id, []):
            return _("{name} is no psychologist here any more").format(name=name)
        until = profile.licence_valid_until if profile else None
        if until is None:
            return _("No licence of {name} is recorded").format(name=name)
        if until < self.today:
            ended = said_date(until, today=self.today)
            return _("The licence of {name} ended {date}").format(name=name, date=ended)
        return _("Nobody treats their own record")

    def _ended(self, cares: list[CareRelationship]) -> str:
        ends = [care for care in cares if care.kind == CareKind.TREATING and care.ends_at]
        if not ends:
            return _("Nobody has been put in care yet")
        last = max(ends, key=lambda care: care.ends_at or care.starts_at)
        assert last.ends_at is not None  # noqa: S101  chosen above
        day = said_date(local_date(at=last.ends_at, zone=self.zone), today=self.today)
        return _("Care by {name} ended {date}").format(name=printed(last.user), date=day)
