"""The lists of staff and of patients, page by page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.models.patient import Patient
from clinic.models.user import Role, RoleGrant, StaffProfile, User
from dashboard.governance.context.names import printed
from dashboard.times import said, said_date

PAGE = 50
SOON = dt.timedelta(days=60)
"""A licence that ends within this time is marked, so that it can be renewed before signing is refused."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Until when a licence holds, in words. `late` where signing is, or soon will be, refused."""

    words: str
    late: bool


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One account of staff, or one without any record."""

    user_id: UUID
    name: str
    title: str
    sign_in_name: str
    roles: list[str]
    licence: Licence | None
    state: str
    active: bool


@dataclass(frozen=True, slots=True)
class PatientLine:
    """One patient: the record number, and the sign-in name where there is an account for it."""

    user_id: UUID | None
    record_number: str
    sign_in_name: str
    state: str
    active: bool


@dataclass(frozen=True, slots=True)
class StaffList:
    """One page of staff in the order of sign-in names; `after` asks for the next, empty on the last."""

    lines: list[StaffLine]
    after: str


@dataclass(frozen=True, slots=True)
class PatientList:
    """One page of patients in the order of record numbers; `after` asks for the next, empty on the last."""

    lines: list[PatientLine]
    after: str


def staff_list(*, query: str, after: UUID | None, at: dt.datetime, zone: str) -> StaffList:
    """Staff whose sign-in name begins with `query` or whose printed name holds it: two queries."""
    found = User.objects.filter(Q(staff__isnull=False) | Q(patient__isnull=True)).select_related("staff")
    if query:
        found = found.filter(Q(sign_in_name__istartswith=query) | Q(staff__printed_name__icontains=query))
    if after:
        found = found.filter(sign_in_name__gt=User.objects.filter(pk=after).values("sign_in_name")[:1])
    users = list(found.order_by("sign_in_name")[: PAGE + 1])
    roles = standing_roles([user.pk for user in users], at=at)
    lines = [_staff_line(user, roles[user.pk], at=at, zone=zone) for user in users[:PAGE]]
    return StaffList(lines, str(lines[-1].user_id) if len(users) > PAGE else "")


def standing_roles(user_ids: Iterable[UUID], *, at: dt.datetime) -> dict[UUID, list[Role]]:
    """The roles that each of these people holds at the moment `at`: one query."""
    standing = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), user__in=list(user_ids), starts_at__lte=at
    )
    roles: dict[UUID, list[Role]] = defaultdict(list)
    for user_id, role in standing.order_by("role").values_list("user_id", "role"):
        roles[user_id].append(Role(role))
    return roles


def shown_roles(roles: Iterable[Role], *, is_staff: bool) -> list[Role]:
    """The roles that administrators see: of a colleague never that they are in care here too."""
    return [role for role in roles if not (is_staff and role == Role.PATIENT)]


def _staff_line(user: User, roles: list[Role], *, at: dt.datetime, zone: str) -> StaffLine:
    profile: StaffProfile | None = getattr(user, "staff", None)
    roles = shown_roles(roles, is_staff=profile is not None)
    return StaffLine(
        user_id=user.pk,
        name=printed(user),
        title=profile.title if profile else _("No professional name yet"),
        sign_in_name=user.sign_in_name,
        roles=[str(role.label) for role in roles],
        licence=licence(profile, roles, today=local_date(at=at, zone=zone)),
        state=sign_in_state(user, roles, at=at, zone=zone),
        active=user.is_active,
    )


def licence(profile: StaffProfile | None, roles: list[Role], *, today: dt.date) -> Licence | None:
    """What holds for a psychologist's licence today; None for those who sign nothing."""
    if Role.PSYCHOLOGIST not in roles:
        return None
    until = profile.licence_valid_until if profile else None
    if until is None:
        return Licence(_("None recorded: signing is refused"), late=True)
    day = said_date(until, today=today)
    if until < today:
        return Licence(_("Ended {date}: signing is refused").format(date=day), late=True)
    return Licence(_("Until {date}").format(date=day), late=until - today <= SOON)


def sign_in_state(user: User, roles: list[Role], *, at: dt.datetime, zone: str) -> str:
    """Whether somebody can sign in; of staff also when they last did, which of patients is not shown."""
    if not user.is_active:
        return _("Access ended")
    if not roles:
        return _("No role: cannot enter")
    if roles == [Role.PATIENT]:
        return _("Can sign in")
    if user.last_login is None:
        return _("Has not signed in yet")
    return _("Last signed in {when}").format(when=said(user.last_login, at=at, zone=zone))


def patient_list(*, query: str, after: str) -> PatientList:
    """Patients whose record number or sign-in name begins with `query`: one query. No name is read."""
    found = Patient.objects.select_related("user__staff").defer("name", "pronouns", "birth_date", "phone")
    if query:
        number, name = Q(record_number__startswith=query.upper()), Q(user__sign_in_name__istartswith=query)
        found = found.filter(number | (name & Q(user__staff__isnull=True)))
    if after:
        found = found.filter(record_number__gt=after)
    patients = list(found.order_by("record_number")[: PAGE + 1])
    lines = [_patient_line(patient) for patient in patients[:PAGE]]
    return PatientList(lines, lines[-1].record_number if len(patients) > PAGE else "")


def _patient_line(patient: Patient) -> PatientLine:
    """An account that staff use as well is not named: it would say which colleague is in care."""
    user = patient.user if patient.user and not hasattr(patient.user, "staff") else None
    if user is None:
        state = _("Signs in with an account that is not shown") if patient.user else _("No account")
        return PatientLine(None, patient.record_number, "", state, active=bool(patient.user))
    state = _("Can sign in") if user.is_active else _("Access ended")
    return PatientLine(user.pk, patient.record_number, user.sign_in_name, state, active=user.is_active)
