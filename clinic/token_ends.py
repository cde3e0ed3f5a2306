"""The tokens of a person that hold, and ending them: one, or all with the access, role or password they came from."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from clinic.actor import Actor, log
from clinic.models.token import ApiToken
from clinic.models.user import Role, User


def standing(*, at: dt.datetime) -> QuerySet[ApiToken]:
    """Those that are neither revoked nor over."""
    return ApiToken.objects.filter(Q(revoked_at=None), made_at__lte=at, expires_at__gt=at)


def of_person(user: User, *, at: dt.datetime) -> list[ApiToken]:
    """The person's tokens that stand, newest first."""
    return list(standing(at=at).filter(user=user).order_by("-made_at", "-id"))


@transaction.atomic
def revoke(*, token: ApiToken, by: Actor, at: dt.datetime) -> bool:
    """End a token at once. One that ended already stays as it is; then this answers False."""
    ended = bool(standing(at=at).filter(pk=token.pk).update(revoked_at=at, revoked_by=by.user or token.user))
    if ended:
        log("token_revoked", by=by, at=at, subject=token, facts={"user": token.user_id})
    return ended


def revoke_all(
    *,
    user: User,
    by: Actor,
    at: dt.datetime,
    roles: Collection[Role] = tuple(Role),
    only: UUID | None = None,
) -> int:
    """End every token of a person, or those of some roles, or one; answers how many.

    None comes back when access or role is given again.
    """
    found = [each for each in of_person(user, at=at) if each.role in roles and only in (None, each.pk)]
    return sum(revoke(token=token, by=by, at=at) for token in found)
