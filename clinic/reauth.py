"""Signing in again, right before an act that needs it. A proof is good for one act and two minutes."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clinic.models.user import User

LONGEST_AGE = dt.timedelta(minutes=2)


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

    Failed attempts count towards the same limit as failed sign-ins.
    """
    confirmed = authenticate(request, username=user.sign_in_name, password=password) if password else None
    if confirmed is None or confirmed.pk != user.pk:
        raise NotConfirmed(_("That is not your password. Nothing was done; what you typed is still here."))
    return Proof(user=user, at=at)
