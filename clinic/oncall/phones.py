"""At which number colleagues ring somebody: optional, sealed, shown to staff while that person is on call or in a care
team.

It is no paging address: nothing is sent to it. Patients never see it.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from clinic.actor import Actor, log
from clinic.models.user import StaffProfile, User
from clinic.oncall.sealing import Seal, SealLost

logger = logging.getLogger(__name__)

_SEAL = Seal(b"countersign/work-phone/1")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the staff: the printed name, and the number to ring, "" where there is none."""

    name: str
    phone: str

    def with_number(self, words: str) -> str:
        """The words, with the number after them where there is one."""
        return f"{words}: {self.phone}" if self.phone else words


@transaction.atomic
def set_number(*, user: User, number: str, by: Actor, at: dt.datetime) -> bool:
    """Have colleagues shown this number, or none where it is ""; False where it is so already."""
    profile = StaffProfile.objects.select_for_update().get(user=user)
    if number_of(profile) == number and bool(profile.work_phone) == bool(number):
        return False
    profile.work_phone = _SEAL.closed(number, row=user.pk) if number else None
    profile.save(update_fields=["work_phone"])
    log("work_phone_set" if number else "work_phone_removed", by=by, at=at, subject=user)
    return True


def number_of(profile: StaffProfile) -> str:
    """The number in clear; "" where there is none, or where it cannot be opened."""
    if not profile.work_phone:
        return ""
    try:
        return _SEAL.opened(bytes(profile.work_phone), row=profile.pk)
    except SealLost:
        logger.warning("The number of %s does not open.", profile.pk)
        return ""


def of(user: User) -> str:
    """The number of one person. One query."""
    profile = StaffProfile.objects.filter(user=user).first()
    return number_of(profile) if profile else ""


def colleague(user: User) -> Colleague:
    """Of somebody whose profile was loaded with them."""
    profile = getattr(user, "staff", None)
    return (
        Colleague(profile.printed_name, number_of(profile)) if profile else Colleague(user.sign_in_name, "")
    )


def colleagues(user_ids: Iterable[UUID]) -> dict[UUID, Colleague]:
    """Names and numbers. One query."""
    found = StaffProfile.objects.filter(user__in=set(user_ids))
    return {profile.pk: Colleague(profile.printed_name, number_of(profile)) for profile in found}
