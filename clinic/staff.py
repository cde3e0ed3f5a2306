"""Accounts of staff: adding one, its licence. Only administrators' pages call this."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from clinic import access, people
from clinic.actor import Actor, log
from clinic.models.user import Role, StaffProfile, User

STAFF_ROLES = (Role.PSYCHOLOGIST, Role.ADMINISTRATOR)

# No letter or digit that is easily taken for another when a password is read aloud or copied from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 5
"""Four groups of five of 31 letters: 99 bits."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """What is known of a member of staff when they begin. `licence_valid_until` is None for those without one."""

    sign_in_name: str
    printed_name: str
    title: str
    licence_valid_until: dt.date | None
    role: Role


def new_password() -> str:
    """A random password that can be read aloud: "k4w7m-…"."""
    groups = ("".join(secrets.choice(LETTERS) for _letter in range(GROUP_LENGTH)) for _group in range(GROUPS))
    return "-".join(groups)


@transaction.atomic
def add(*, person: NewStaff, by: Actor, at: dt.datetime) -> tuple[User, str]:
    """Make the account, the professional name and the role; returns the account and its password.

    The password is kept nowhere in readable form: whoever calls this shows it once.
    """
    password = new_password()
    user = User.objects.create_user(person.sign_in_name, password)
    people.register_staff(
        user=user,
        printed_name=person.printed_name,
        title=person.title,
        licence_valid_until=person.licence_valid_until,
        by=by,
        at=at,
    )
    access.grant_role(user=user, role=person.role, by=by, at=at)
    return user, password


@transaction.atomic
def set_training(*, user: User, on: dt.date | None, by: Actor, at: dt.datetime) -> None:
    """Record when somebody was trained to supervise AI drafts; None where that is not known (SR-69)."""
    if StaffProfile.objects.filter(user=user).exclude(trained_on=on).update(trained_on=on):
        day = on.isoformat() if on else "none"
        log("training_recorded", by=by, at=at, subject=user, facts={"trained_on": day})


@transaction.atomic
def set_licence(*, user: User, valid_until: dt.date | None, by: Actor, at: dt.datetime) -> None:
    """Record until when a licence holds; None where there is none. After that day signing is refused."""
    changed = StaffProfile.objects.filter(user=user).exclude(licence_valid_until=valid_until)
    if changed.update(licence_valid_until=valid_until):
        until = valid_until.isoformat() if valid_until else "none"
        log("licence_changed", by=by, at=at, subject=user, facts={"valid_until": until})
