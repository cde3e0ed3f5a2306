"""Signing in again, right before an act that needs it. A proof is good for one act and two minutes."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.models.tries import PasswordTries
from clinic.models.user import User

LONGEST_AGE = dt.timedelta(minutes=2)

MOST_FAILURES = 10
FAILURES_KEY = "wrong-passwords"
ROLE_KEY, BEGAN_KEY = "acting-role", "began-at"

KEPT = dt.timedelta(days=30)
"""Longer than any session lasts."""


class NotConfirmed(Exception):
    """The password did not fit, or the proof is of somebody else, too old or used."""


@dataclass(slots=True)
class Proof:
    """That `user` gave their password at `at`. Used up by the first signature."""

    user: User
    at: dt.datetime
    used: bool = False

    def use(self, *, by: User | None, at: dt.datetime) -> None:
        """Spend the proof. Raises NotConfirmed unless it is fresh, unused and of the person who signs."""
        if self.used or self.user != by or not dt.timedelta(0) <= at - self.at <= LONGEST_AGE:
            raise NotConfirmed(_("Please confirm with your password again. Nothing was done."))
        self.used = True


def confirm(request: HttpRequest, *, user: User, password: str, at: dt.datetime) -> Proof:
    """A proof that the person at the keyboard knows the password. Raises NotConfirmed.

    Counted by session and not by sign-in name: a stranger who guesses at the sign-in page must not be able to keep
    a psychologist from signing, or an administrator from stopping AI. After `MOST_FAILURES` the session ends. A try is
    counted before anybody looks at it: of many at the same moment no more are looked at than one after the other.
    """
    digest = _digest(request, user)
    tries = _counted(digest, at=at) if digest else 0
    if tries <= MOST_FAILURES and user.is_active and user.check_password(password):
        PasswordTries.objects.filter(session_digest=digest).update(tries=0, happened_at=at)
        request.session.pop(FAILURES_KEY, None)
        return Proof(user=user, at=at)
    request.session[FAILURES_KEY] = tries
    with transaction.atomic():
        log("reauthentication_failed", by=Actor(user, request.session.get(ROLE_KEY, "")), at=at)
    if tries >= MOST_FAILURES:
        request.session.flush()
        raise NotConfirmed(_("Too many wrong passwords, so you were signed out. Nothing was done."))
    raise NotConfirmed(_("That is not your password. Nothing was done; what you typed is still here."))


def _digest(request: HttpRequest, user: User) -> str:
    """What stands for this session, under any key; "" for a program with a token, which is counted itself."""
    began = request.session.get(BEGAN_KEY) or request.session.session_key
    return hashlib.sha256(f"countersign/tries/1|{user.pk}|{began}".encode()).hexdigest() if began else ""


@transaction.atomic
def _counted(digest: str, *, at: dt.datetime) -> int:
    """Count one more; returns how many there are now. Of two at once the second waits for the first."""
    PasswordTries.objects.bulk_create(
        [PasswordTries(session_digest=digest, happened_at=at)], ignore_conflicts=True
    )
    mine = PasswordTries.objects.filter(session_digest=digest)
    mine.update(tries=F("tries") + 1, happened_at=at)
    return mine.values_list("tries", flat=True).get()


def forget_old(*, at: dt.datetime) -> None:
    """Delete the counts of sessions that have ended long since."""
    PasswordTries.objects.filter(happened_at__lt=at - KEPT).delete()
