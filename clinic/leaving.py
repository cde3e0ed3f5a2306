"""The end of somebody's access or of their role, with what hangs on it: their turns on call, and the alerts they have.

It is never refused for what it leaves, and never without a word about it: whoever ends it says that they know.
"""

import datetime as dt

from django.db import transaction

from clinic import access, people
from clinic.actor import Actor
from clinic.database.turns import take_turn
from clinic.models.user import Role, User
from clinic.oncall import gaps, notices, rows
from clinic.oncall.gaps import Left
from clinic.safety import letting_go


class LeavesNobody(Exception):
    """Nothing was ended: it would leave hours for which nobody is there, and nobody said that they know."""

    def __init__(self, left: Left) -> None:
        super().__init__()
        self.left = left


@transaction.atomic
def end_access(*, user: User, by: Actor, at: dt.datetime, known: str = "") -> None:
    """End a person's access at once; `known` is the digest of what whoever ends it has read that it leaves.

    Raises LeavesNobody, and NotAllowed for oneself.
    """
    left = _left(user, by=by, at=at, known=known)
    people.deactivate(user=user, by=by, at=at)
    _follow(user, left, by=by, at=at)


@transaction.atomic
def end_role(*, user: User, role: Role, by: Actor, at: dt.datetime, known: str = "") -> None:
    """End a role; of a psychologist's as `end_access`. Raises LeavesNobody, and what `access.end_role` does."""
    if role != Role.PSYCHOLOGIST:
        access.end_role(user=user, role=role, by=by, at=at)
        return
    left = _left(user, by=by, at=at, known=known)
    access.end_role(user=user, role=role, by=by, at=at)
    _follow(user, left, by=by, at=at)


def _left(user: User, *, by: Actor, at: dt.datetime, known: str) -> Left:
    """What it leaves. Under the rota's turn, so that two who are the last for each other do not both go unasked."""
    take_turn("the rota")
    left = gaps.left_without(rows.read(at=at), user.pk, at=at)
    if left and known != left.digest and by.user != user:
        raise LeavesNobody(left)
    return left


def _follow(user: User, left: Left, *, by: Actor, at: dt.datetime) -> None:
    """What they had taken goes back and is paged; whoever leads on call is told of the hours without anybody."""
    letting_go.of(user, by=by, at=at)
    if left:
        notices.tell_of_hours(left, at=at)
