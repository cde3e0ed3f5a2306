"""Links for a new password: a code on paper for somebody who forgot theirs, made by an administrator and used once.

Nobody else learns the new password. Whoever made the link cannot use it on a patient's account: see clinic.proofs.
"""

import datetime as dt
import hashlib
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from clinic import proofs
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.invitations import STANDS_FOR, tidied
from clinic.models.password_link import PasswordLink
from clinic.models.patient import Patient
from clinic.models.user import Role, RoleGrant, StaffProfile, User
from clinic.staff import new_password


class LinkState(StrEnum):
    """What has become of a link."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ISSUER_LEFT = "issuer_left"
    GUESSED = "guessed"


class UnknownCode(Exception):
    """No link has this code."""


class LinkEnded(Exception):
    """The link does not work any more: `state` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(b"countersign/password-link/1|" + tidied(code).encode()).hexdigest()


@transaction.atomic
def issue(*, user: User, by: Actor, at: dt.datetime) -> tuple[PasswordLink, str]:
    """Make a link; returns it and its code, which is kept nowhere. One that stands for this account is revoked.

    Raises NotAllowed for anybody but an administrator, for oneself, for an account whose access has ended, and where
    somebody seems to be guessing.
    """
    if by.user is None or by.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator makes a link for a new password."))
    if by.user == user:
        raise NotAllowed(_("Another administrator makes it for you: nobody gives a password to themselves."))
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not locked.is_active:
        raise NotAllowed(_("The access of this account has ended. Give it back first."))
    links = PasswordLink.objects.filter(user=user)
    proofs.check_not_guessed(links.values_list("code_digest", flat=True), at=at)
    for standing in links.filter(used_at=None, revoked_at=None):
        revoke(link=standing, by=by, at=at)
    code = new_password()
    stands_for = STANDS_FOR[Role.PATIENT if is_patient_only(user) else Role.ADMINISTRATOR]
    link = PasswordLink.objects.create(
        user=user, code_digest=digest_of(code), issued_by=by.user, issued_at=at, expires_at=at + stands_for
    )
    log_link("password_link_made", link, by=by, at=at)
    return link, code


@transaction.atomic
def revoke(*, link: PasswordLink, by: Actor, at: dt.datetime) -> bool:
    """End a link that nobody has used; False where it had ended or been used before."""
    standing = PasswordLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
    revoked = bool(standing.update(revoked_at=at, revoked_by=by.user))
    if revoked:
        log_link("password_link_revoked", link, by=by, at=at)
    return revoked


def standing_link(user: User, *, at: dt.datetime) -> PasswordLink | None:
    """The link that waits to be used, with who made it. One query, a second where there is one."""
    found = _rows(at=at).filter(user=user, used_at=None, revoked_at=None).first()
    return found if found is not None and state_of(found, at=at) == LinkState.OPEN else None


def state_of(link: PasswordLink, *, at: dt.datetime) -> LinkState:
    """What has become of a link that was read with `_rows`."""
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.expires_at <= at:
        return LinkState.EXPIRED
    if not (link.user.is_active and link.issuer_stands):  # type: ignore[attr-defined]  # annotated by _rows
        return LinkState.ISSUER_LEFT
    return LinkState.OPEN if proofs.left(link.code_digest) else LinkState.GUESSED


def of_code(code: str, *, at: dt.datetime, lock: bool = False) -> PasswordLink:
    """The open link with this code. Raises UnknownCode and LinkEnded."""
    rows = _rows(at=at).filter(code_digest=digest_of(code))
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise UnknownCode
    if (state := state_of(found, at=at)) != LinkState.OPEN:
        raise LinkEnded(state)
    return found


def is_known(code: str) -> bool:
    """Whether there is, or was, a link with this code."""
    return PasswordLink.objects.filter(code_digest=digest_of(code)).exists()


def is_patient_only(user: User) -> bool:
    """Whether this is the account of a patient and of nobody on the staff. Two queries at most."""
    return not StaffProfile.objects.filter(user=user).exists() and Patient.objects.filter(user=user).exists()


def _rows(*, at: dt.datetime) -> QuerySet[PasswordLink]:
    standing = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at),
        starts_at__lte=at,
        user=OuterRef("issued_by"),
        role=Role.ADMINISTRATOR,
    )
    rows = PasswordLink.objects.annotate(issuer_stands=Exists(standing.filter(user__is_active=True)))
    return rows.select_related("user", "issued_by__staff")


def log_link(action: str, link: PasswordLink, *, by: Actor, at: dt.datetime) -> None:
    """The record of a patient is named; that a colleague is in care here too is not."""
    patient = Patient.objects.filter(user=link.user).first() if is_patient_only(link.user) else None
    log(action, by=by, at=at, patient=patient, subject=link, facts={"user": link.user_id})
