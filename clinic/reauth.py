"""Signing in again, right before an act that needs it. A proof is good for one act and two minutes."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.models.user import User

LONGEST_AGE = dt.timedelta(minutes=2)

MOST_FAILURES = 10
FAILURES_KEY = "wrong-passwords"
ROLE_KEY = "acting-role"


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
    a psychologist from signing, or an administrator from stopping AI. After `MOST_FAILURES` the session ends.
    """
    if user.is_active and user.check_password(password):
        request.session.pop(FAILURES_KEY, None)
        return Proof(user=user, at=at)
    failures = request.session.get(FAILURES_KEY, 0) + 1
    request.session[FAILURES_KEY] = failures
    with transaction.atomic():
        log("reauthentication_failed", by=Actor(user, request.session.get(ROLE_KEY, "")), at=at)
    if failures >= MOST_FAILURES:
        request.session.flush()
        raise NotConfirmed(_("Too many wrong passwords, so you were signed out. Nothing was done."))
    raise NotConfirmed(_("That is not your password. Nothing was done; what you typed is still here."))
