"""One person's page: roles, sign-in, licence. A patient is a record number here."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from clinic import access, password_links
from clinic.clock import local_date
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role, RoleGrant, StaffProfile, User
from clinic.staff import STAFF_ROLES
from dashboard.governance.context.names import printed
from dashboard.governance.context.people import Licence, licence, shown_roles, sign_in_state
from dashboard.times import said, said_date


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that the person holds."""

    value: str
    label: str
    since: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What an administrator knows of one account.

    `record_number` is empty for staff. `may_give` are the roles that can be added. `open_alerts` are alerts that this
    person has taken and not closed. `password_link` says who made the link that waits to be used, "" where none does.
    """

    user_id: UUID
    name: str
    title: str
    sign_in_name: str
    record_number: str
    roles: list[RoleLine]
    may_give: list[tuple[str, str]]
    licence: Licence | None
    licence_until: dt.date | None
    trained_on: dt.date | None
    trained: str
    state: str
    active: bool
    is_me: bool
    is_staff: bool
    open_alerts: int
    cares_for: int
    password_link: str


def person_page(user: User, *, by: User, at: dt.datetime, zone: str) -> PersonPage:
    """The page of one account: five or six queries beside the account's own."""
    profile: StaffProfile | None = getattr(user, "staff", None)
    grants = list(_standing(user, at=at))
    roles = [Role(grant.role) for grant in grants]
    patient = None if profile else Patient.objects.filter(user=user).only("record_number").first()
    return PersonPage(
        user_id=user.pk,
        name=patient.record_number if patient else printed(user),
        title=profile.title if profile else "",
        sign_in_name=user.sign_in_name,
        record_number=patient.record_number if patient else "",
        roles=[
            RoleLine(grant.role, str(Role(grant.role).label), said(grant.starts_at, at=at, zone=zone))
            for grant in grants
            if shown_roles([Role(grant.role)], is_staff=profile is not None)
        ],
        may_give=may_give(user, roles, is_patient=patient is not None, by=by),
        licence=licence(profile, roles, today=local_date(at=at, zone=zone)),
        licence_until=profile.licence_valid_until if profile else None,
        trained_on=profile.trained_on if profile else None,
        trained=_trained(profile, today=local_date(at=at, zone=zone)),
        state=sign_in_state(user, roles, at=at, zone=zone),
        active=user.is_active,
        is_me=user == by,
        is_staff=profile is not None,
        open_alerts=SafetyAlert.objects.filter(taken_by=user, closed_at=None).count() if profile else 0,
        cares_for=access.relationships(at=at).filter(user=user).count() if profile else 0,
        password_link=_link(user, at=at, zone=zone),
    )


def _link(user: User, *, at: dt.datetime, zone: str) -> str:
    link = password_links.standing_link(user, at=at)
    if link is None:
        return ""
    words = _("{name} made a link {made}. It waits to be used, until {until}.")
    made, until = (said(moment, at=at, zone=zone) for moment in (link.issued_at, link.expires_at))
    return words.format(name=printed(link.issued_by), made=made, until=until)


def shown_name(user: User) -> str:
    """How an administrator calls an account: staff by printed name, a patient by record number."""
    if hasattr(user, "staff"):
        return printed(user)
    number = Patient.objects.filter(user=user).values_list("record_number", flat=True).first()
    return number or user.sign_in_name


def may_give(user: User, held: list[Role], *, is_patient: bool, by: User) -> list[tuple[str, str]]:
    """The roles that `by` may give to this account. Nobody gives themselves one: another administrator does."""
    if user == by or not user.is_active:
        return []
    possible = (Role.PATIENT,) if is_patient else STAFF_ROLES
    return [(role.value, str(role.label)) for role in possible if role not in held]


def _trained(profile: StaffProfile | None, *, today: dt.date) -> str:
    if profile is None or profile.trained_on is None:
        return ""
    return said_date(profile.trained_on, today=today)


def _standing(user: User, *, at: dt.datetime) -> list[RoleGrant]:
    standing = RoleGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), user=user, starts_at__lte=at)
    return list(standing.order_by("role"))
