"""What is looked for in the log, as an address says it; anything else is left out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict

from audit import actions
from clinic.models.user import User
from dashboard.times import midnight

LONGEST_NUMBER = 12
NOBODY = UUID(int=0)
"""Stands for a name that nobody has: the answer is then empty rather than everything."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record, an action, a person by sign-in or printed name, and days from and until, all optional."""

    record: str = ""
    action: str = ""
    person: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def filters(self, zone: str) -> dict[str, Any]:
        """As `audit.reads.entries_page` takes it; days are the clinic's."""
        until = self.last + dt.timedelta(days=1) if self.last else None
        return {
            "record_number": self.record or None,
            "action": self.action or None,
            "actor_id": _person(self.person) if self.person else None,
            "since": midnight(day=self.first, zone=zone) if self.first else None,
            "until": midnight(day=until, zone=zone) if until else None,
        }


def wanted(asked: QueryDict) -> Wanted:
    """What the parameters of an address ask for."""
    record, action = asked.get("record", "").strip().upper(), asked.get("action", "")
    fits = len(record) <= LONGEST_NUMBER and record.replace("-", "").isalnum() and record.isascii()
    return Wanted(
        record=record if fits else "",
        action=action if action in actions.ACTIONS else "",
        person=asked.get("person", "").replace("\0", "").strip()[:80],
        first=_day(asked.get("from", "")),
        last=_day(asked.get("until", "")),
    )


def _person(name: str) -> UUID:
    """Whose printed or sign-in name this is. A patient's account that staff use too is found as staff's alone."""
    found = User.objects.filter(Q(sign_in_name=name.casefold()) | Q(staff__printed_name__iexact=name))
    return found.values_list("pk", flat=True).first() or NOBODY


def _day(given: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(given)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None
