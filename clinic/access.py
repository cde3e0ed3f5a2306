"""Who may do what to whose record: the only module that decides it, and the only importer of django-guardian.

The care relationship decides. django-guardian holds a mirror of it, so that its tools work; a test compares them.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, get_perms, remove_perm

from clinic import token_ends
from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import Patient
from clinic.models.permission import RecordPermission
from clinic.models.user import Role, RoleGrant, User

VIEW, REVIEW, ANSWER = "view_record", "review_drafts", "answer_alerts"

RIGHTS: dict[str, frozenset[str]] = {
    CareKind.TREATING: frozenset({VIEW, REVIEW, ANSWER}),
    CareKind.COVERING: frozenset({VIEW, REVIEW, ANSWER}),
    CareKind.SECOND_READER: frozenset({VIEW}),
    CareKind.SAFETY: frozenset({VIEW, ANSWER}),
    CareKind.BREAK_GLASS: frozenset({VIEW}),
}
"""What each kind of care relationship allows."""


class NotAllowed(Exception):
    """The person may not do this; the message says why in a sentence."""


class OwnCare(NotAllowed):
    """An administrator would put themselves in care: their role opens no record, by no detour either."""

    def __init__(self) -> None:
        super().__init__(_("You cannot put yourself in care of a record. Ask another administrator."))


def roles_of(user: User, *, at: dt.datetime) -> frozenset[Role]:
    """The roles that this person holds at the moment `at`."""
    standing = RoleGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), user=user, starts_at__lte=at)
    return frozenset(Role(role) for role in standing.values_list("role", flat=True))


def relationships(*, at: dt.datetime) -> QuerySet[CareRelationship]:
    """The care relationships that stand at the moment `at`."""
    return CareRelationship.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


def kinds_with(right: str) -> list[str]:
    """The kinds of care that give this right."""
    return [kind for kind, given in RIGHTS.items() if right in given]


def rights(user: User, patient: Patient, *, at: dt.datetime) -> frozenset[str]:
    """What `user` may do to the record of `patient` at the moment `at`; nobody to their own, whatever else they are."""
    kinds = relationships(at=at).filter(user=user, patient=patient).values_list("kind", flat=True)
    given: frozenset[str] = frozenset().union(*(RIGHTS[kind] for kind in kinds))
    return frozenset() if patient.user_id == user.pk else given


def check_may(user: User, right: str, patient: Patient, *, at: dt.datetime) -> None:
    """Raises NotAllowed unless `user` has `right` on the record at the moment `at`."""
    if right not in rights(user, patient, at=at):
        raise NotAllowed(_("You are not in this person’s care team."))


def records(user: User, *, at: dt.datetime, right: str = VIEW) -> QuerySet[Patient]:
    """The patients whose record `user` may use with `right`: one join, no query per row."""
    return Patient.objects.filter(pk__in=record_ids(user, at=at, right=right))


def record_ids(user: User, *, at: dt.datetime, right: str = VIEW) -> QuerySet[CareRelationship, UUID]:
    """Their ids alone, for `patient__in`: what is joined to them needs no look at the patients themselves."""
    standing = relationships(at=at).filter(user=user, kind__in=kinds_with(right))
    own = Patient.objects.filter(user=user).values("pk")
    return standing.exclude(patient__in=own).values_list("patient", flat=True)


def care_team(patient: Patient, *, at: dt.datetime, right: str = REVIEW) -> list[User]:
    """Those with `right` on the record who can act on it: they may sign in and are psychologists. One query."""
    standing = relationships(at=at).filter(patient=patient, kind__in=kinds_with(right))
    found = psychologists(at=at).filter(pk__in=standing.values("user")).order_by("staff__printed_name", "pk")
    return [user for user in found if user.pk != patient.user_id]


def psychologists(*, at: dt.datetime) -> QuerySet[User]:
    """The people who can act as psychologists at the moment `at`, with their professional names."""
    roles = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), role=Role.PSYCHOLOGIST, starts_at__lte=at
    )
    return User.objects.filter(is_active=True, pk__in=roles.values("user")).select_related("staff")


def check_not_own_care(user: User | None, *, by: Actor) -> None:
    """Raises OwnCare for an administrator who would put themselves in care."""
    if by.role == Role.ADMINISTRATOR and by.user is not None and by.user == user:
        raise OwnCare


@transaction.atomic
def start_care(
    *,
    patient: Patient,
    user: User,
    kind: CareKind,
    by: Actor,
    at: dt.datetime,
    ends_at: dt.datetime | None = None,
) -> CareRelationship:
    """Let `user` care for `patient` from `at` on. An equal standing relationship is returned unchanged.

    Raises OwnCare.
    """
    check_not_own_care(user, by=by)
    standing = CareRelationship.objects.filter(patient=patient, user=user, kind=kind, ends_at=None).first()
    if standing:
        return standing
    care = CareRelationship.objects.create(
        patient=patient, user=user, kind=kind, starts_at=at, ends_at=ends_at, started_by=by.user
    )
    log("care_started", by=by, at=at, patient=patient, subject=care, reason=kind, facts={"user": user.pk})
    if REVIEW in RIGHTS[kind]:
        _taken_in_again(patient, by=by, at=at)
    mirror(user, patient, at=at)
    return care


def _taken_in_again(patient: Patient, *, by: Actor, at: dt.datetime) -> None:
    """Whoever is treated is not discharged any more."""
    discharged = Patient.objects.filter(pk=patient.pk, discharged_at__isnull=False)
    if discharged.update(discharged_at=None, discharged_by=None, discharge_reason="", turn_to=""):
        log("care_resumed", by=by, at=at, patient=patient, subject=patient)


@transaction.atomic
def end_care(*, care: CareRelationship, by: Actor, at: dt.datetime) -> None:
    """End a care relationship at `at`: access ends with it, at once. Ended ones stay as they are."""
    standing = CareRelationship.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), pk=care.pk)
    ended = standing.update(ends_at=not_before("starts_at", at=at), ended_by=by.user)
    if ended:
        facts = {"user": care.user_id}
        log("care_ended", by=by, at=at, patient=care.patient, subject=care, reason=care.kind, facts=facts)
        mirror(care.user, care.patient, at=at)


def mirror(user: User, patient: Patient, *, at: dt.datetime) -> None:
    """Make django-guardian's permissions equal to what the care relationships give at the moment `at`."""
    wanted, held = rights(user, patient, at=at), set(get_perms(user, patient))
    for right in sorted(wanted - held):
        assign_perm(right, user, patient)
    for right in sorted((held & {VIEW, REVIEW, ANSWER}) - wanted):
        remove_perm(right, user, patient)


def mirror_ended(*, at: dt.datetime) -> None:
    """Take back what django-guardian still holds of care that ended by its plan, when nobody acted.

    Our own answer, `rights`, ended with it by itself.
    """
    held = RecordPermission.objects.filter(user=OuterRef("user"), content_object=OuterRef("patient"))
    ended = CareRelationship.objects.filter(Exists(held), ends_at__lte=at).select_related("user", "patient")
    for care in ended.order_by("user", "patient").distinct("user", "patient"):
        mirror(care.user, care.patient, at=at)


def mirrored(user: User, patient: Patient) -> frozenset[str]:
    """What django-guardian says that `user` may do to the record."""
    return frozenset(get_perms(user, patient)) & {VIEW, REVIEW, ANSWER}


@transaction.atomic
def grant_role(*, user: User, role: Role, by: Actor, at: dt.datetime) -> RoleGrant:
    """Give a role to a person; a standing grant is returned unchanged. Raises NotAllowed for giving oneself one."""
    if by.user == user:
        raise NotAllowed(_("You cannot give yourself a role. Ask another administrator."))
    standing = RoleGrant.objects.filter(user=user, role=role, ends_at=None).first()
    if standing:
        return standing
    grant = RoleGrant.objects.create(user=user, role=role, granted_by=by.user, starts_at=at)
    log("role_granted", by=by, at=at, subject=grant, reason=role, facts={"user": user.pk})
    return grant


@transaction.atomic
def end_role(*, user: User, role: Role, by: Actor, at: dt.datetime) -> None:
    """End a role and its tokens. Nobody ends their own administrator's role: the clinic would lock itself out."""
    if by.user == user and role == Role.ADMINISTRATOR:
        raise NotAllowed(_("You cannot end your own administrator’s role. Ask another administrator."))
    for grant in RoleGrant.objects.filter(user=user, role=role, ends_at=None):
        RoleGrant.objects.filter(pk=grant.pk).update(ends_at=not_before("starts_at", at=at))
        log("role_ended", by=by, at=at, subject=grant, reason=role, facts={"user": user.pk})
    token_ends.revoke_all(user=user, roles=[role], by=by, at=at)
