"""Invitations: a code that lets one person open one account. Shown once, kept as a digest, used once.

A patient's invitation holds a record number, language, time zone and who will treat them. The person registers
their own name under a key of their own, so that no name passes through the hands of an administrator.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinic import access, invitable, proofs
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.user import Role, User
from clinic.staff import GROUP_LENGTH, GROUPS, new_password

STANDS_FOR = {
    Role.PSYCHOLOGIST: dt.timedelta(days=7),
    Role.ADMINISTRATOR: dt.timedelta(days=7),
    Role.PATIENT: dt.timedelta(days=14),
}
MAY_INVITE = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.PSYCHOLOGIST: frozenset({Role.PATIENT}),
    Role.PATIENT: frozenset[Role](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who is invited: staff with their professional name, or a patient with a record number and nothing else.

    An empty record number asks for a new one; a given one must be that of a record without an account.
    """

    role: Role
    printed_name: str = ""
    title: str = ""
    licence_valid_until: dt.date | None = None
    record_number: str = ""
    zone: str = ""
    language: str = ""
    treating: User | None = None


class UnknownCode(Exception):
    """No invitation has this code."""


class Ended(Exception):
    """The invitation was used, has expired, was revoked, or whoever made it has left: `state` says which."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(state)
        self.state = state


def digest_of(code: str) -> str:
    """What is kept of a code. It is random and long enough, so a plain digest cannot be guessed back."""
    return hashlib.sha256(b"countersign/invitation/1|" + tidied(code).encode()).hexdigest()


def tidied(code: str) -> str:
    """A typed code as it was printed: small letters in groups, whatever stood between them."""
    letters = "".join(letter for letter in code.casefold() if letter.isascii() and letter.isalnum())
    letters = letters[: GROUPS * GROUP_LENGTH + 1]
    return "-".join(letters[at : at + GROUP_LENGTH] for at in range(0, len(letters), GROUP_LENGTH))


@transaction.atomic
def invite(*, person: Invited, by: Actor, at: dt.datetime) -> tuple[Invitation, str]:
    """Make an invitation; returns it and its code, which is kept nowhere: whoever calls this shows it once.

    An open invitation to the same record is revoked. Raises NotAllowed.
    """
    if by.user is None or person.role not in MAY_INVITE[Role(by.role)]:
        raise NotAllowed(_("You cannot invite somebody to this role."))
    access.check_not_own_care(person.treating, by=by)
    number = invitable.number_for(person.record_number, by=by, at=at) if person.role == Role.PATIENT else ""
    before = Invitation.objects.filter(record_number=number).exclude(record_number="")
    proofs.check_not_guessed(before.values_list("code_digest", flat=True), at=at)
    for standing in Invitation.objects.filter(
        record_number=number or None, accepted_at=None, revoked_at=None
    ):
        revoke(invitation=standing, by=by, at=at)
    code = new_password()
    invitation = Invitation.objects.create(
        role=person.role,
        code_digest=digest_of(code),
        printed_name=person.printed_name,
        title=person.title,
        licence_valid_until=person.licence_valid_until,
        record_number=number,
        zone=person.zone,
        language=person.language,
        treating=person.treating,
        invited_by=by.user,
        invited_as=by.role,
        invited_at=at,
        expires_at=at + STANDS_FOR[person.role],
    )
    _log("person_invited", invitation, by=by, at=at)
    return invitation, code


@transaction.atomic
def renew(*, invitation: Invitation, by: Actor, at: dt.datetime) -> tuple[Invitation, str]:
    """Revoke what still stands of an invitation and make an equal one with a new code. Raises NotAllowed."""
    if invitation.accepted_at is not None:
        raise NotAllowed(_("This invitation was used: the person has an account."))
    revoke(invitation=invitation, by=by, at=at)
    person = Invited(
        role=Role(invitation.role),
        printed_name=invitation.printed_name,
        title=invitation.title,
        licence_valid_until=invitation.licence_valid_until,
        record_number=invitation.record_number,
        zone=invitation.zone,
        language=invitation.language,
        treating=invitation.treating,
    )
    return invite(person=person, by=by, at=at)


@transaction.atomic
def revoke(*, invitation: Invitation, by: Actor, at: dt.datetime) -> bool:
    """End an invitation that nobody has used; False where it had ended or been used before."""
    standing = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    revoked = standing.update(revoked_at=at, revoked_by=by.user)
    if revoked:
        _log("invitation_revoked", invitation, by=by, at=at)
    return bool(revoked)


def rows(*, at: dt.datetime) -> QuerySet[Invitation]:
    """Invitations with what `state_of` asks of them."""
    return invitable.with_record(Invitation.objects.with_inviter(at=at), at=at)


def state_of(invitation: Invitation, *, at: dt.datetime) -> InvitationState:
    """What has become of an invitation that was read with `rows`."""
    if invitation.accepted_at is not None:
        return InvitationState.USED
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    if invitation.expires_at <= at:
        return InvitationState.EXPIRED
    if invitation.wrong >= proofs.MOST_WRONG:  # type: ignore[attr-defined]  # annotated by with_inviter
        return InvitationState.GUESSED
    as_psychologist = invitation.invited_as == Role.PSYCHOLOGIST
    if invitation.of_record and not (as_psychologist and invitation.inviter_cares):  # type: ignore[attr-defined]
        return InvitationState.NOT_IN_CARE
    stands = invitation.inviter_stands  # type: ignore[attr-defined]  # annotated by rows
    return InvitationState.OPEN if stands else InvitationState.INVITER_LEFT


def of_code(code: str, *, at: dt.datetime, lock: bool = False) -> Invitation:
    """The open invitation with this code. Raises UnknownCode and Ended.

    With `lock` two who bring one code at the same moment follow each other, and the second finds it used.
    """
    fitting = rows(at=at).filter(code_digest=digest_of(code))
    found = (fitting.select_for_update(of=("self",)) if lock else fitting).first()
    if found is None:
        raise UnknownCode
    if lock:
        found.wrong = proofs.wrong(found.code_digest)  # type: ignore[attr-defined]  # annotated by with_inviter
    if (state := state_of(found, at=at)) != InvitationState.OPEN:
        raise Ended(state)
    return found


def is_known(code: str) -> bool:
    """Whether there is, or was, an invitation with this code."""
    return Invitation.objects.filter(code_digest=digest_of(code)).exists()


def _log(action: str, invitation: Invitation, *, by: Actor, at: dt.datetime) -> None:
    facts = {"record": invitation.record_number} if invitation.record_number else None
    log(action, by=by, at=at, subject=invitation, reason=invitation.role, facts=facts)


class NameTaken(IntegrityError):
    """Somebody signs in with this name already; nothing was made."""
