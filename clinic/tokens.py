"""Making and finding the tokens of the API."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clinic import access
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.models.token import ApiToken, Scope
from clinic.models.user import Role
from clinic.reauth import NotConfirmed
from clinic.token_ends import revoke, standing

PREFIX = "cst_"
SECRET_BYTES = 32
LONGEST = dt.timedelta(days=365)
MOST_WRONG_PASSWORDS = 5
USED_EVERY = dt.timedelta(minutes=5)
"""How exactly the last use is kept: a write for every request would cost more than it tells."""

SCOPES: dict[str, tuple[Scope, ...]] = {
    Role.PSYCHOLOGIST: (Scope.READ, Scope.DECIDE),
    Role.PATIENT: (Scope.READ, Scope.WRITE),
    Role.ADMINISTRATOR: (Scope.AUDIT,),
}
"""What a token may be made for, by the role in which its person makes it."""


@transaction.atomic
def make(
    *, label: str, scopes: Collection[str], lasts: dt.timedelta, by: Actor, at: dt.datetime
) -> tuple[ApiToken, str]:
    """A token for the person and role of `by`; returns the row and the secret, which is kept nowhere.

    Raises NotAllowed for a scope that the role does not have, or an end that lies more than a year ahead.
    """
    assert by.user is not None  # noqa: S101  software has no tokens
    if not scopes or not set(scopes) <= set(SCOPES.get(by.role, ())):
        raise NotAllowed(_("Choose at least one use that your role allows."))
    if not dt.timedelta(0) < lasts <= LONGEST:
        raise NotAllowed(_("A token ends within a year."))
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        user=by.user,
        role=by.role,
        label=label,
        scopes=sorted(scopes),
        digest=digest_of(secret),
        made_at=at,
        expires_at=at + lasts,
    )
    log("token_made", by=by, at=at, subject=token, facts={"scopes": token.scopes})
    return token, secret


def find(secret: str, *, at: dt.datetime) -> ApiToken | None:
    """The token with this secret, if it stands and its person still holds the role. Two queries, three at times."""
    found = standing(at=at).filter(digest=digest_of(secret), user__is_active=True)
    token = found.select_related("user").first()
    if token is None or token.role not in access.roles_of(token.user, at=at):
        return None
    if token.used_at is None or at - token.used_at > USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)
    return token


def count_try(*, token: ApiToken, by: Actor, at: dt.datetime) -> None:
    """Count a password that comes with this token, before anybody looks whether it fits: of many at the same moment
    no more are looked at than one after the other. Raises NotConfirmed where the token bears no more; then it ends."""
    with transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(wrong_passwords=F("wrong_passwords") + 1)
        over = _tries(token) > MOST_WRONG_PASSWORDS
        if over:
            revoke(token=token, by=by, at=at)
    if over:
        raise NotConfirmed(_("Too many wrong passwords came with this token, so it was revoked."))


def guessed(*, token: ApiToken, by: Actor, at: dt.datetime) -> None:
    """The password that was counted was wrong: too many end the token, for it may have been stolen."""
    if _tries(token) >= MOST_WRONG_PASSWORDS:
        revoke(token=token, by=by, at=at)


def forgive(token: ApiToken) -> None:
    """The password that was counted was right."""
    ApiToken.objects.filter(pk=token.pk).update(wrong_passwords=F("wrong_passwords") - 1)


def _tries(token: ApiToken) -> int:
    return ApiToken.objects.values_list("wrong_passwords", flat=True).get(pk=token.pk)


def digest_of(secret: str) -> str:
    """SHA-256 of a secret. It has 256 random bits, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
