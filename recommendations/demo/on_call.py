"""Who is on call in the demonstration clinic, and where its fictional people are paged: addresses that lead nowhere."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from clinic.actor import Actor
from clinic.models.oncall import Channel, Position
from clinic.oncall import absences, addresses, keeping, phones
from clinic.oncall.absences import NewAbsence
from clinic.oncall.keeping import NewSlot
from recommendations.demo.people import ELIAS, INES, MAYA

MORNING, MIDNIGHT = dt.time(8), dt.time(0)
NUMBERS = {MAYA: "01632 960 811", ELIAS: "01632 960 812"}
"""Of the range that is kept for fiction: nobody answers."""

OF_MAYA = range(4)
"""From Monday to Thursday she is first on call, and Elias the second; the other days it is the other way round."""


def staffed(staff: Mapping[str, Actor], *, now: dt.datetime) -> None:
    """The rota of a year, one absence that leaves a gap, one that is covered, everybody's address and number."""
    ines, since = staff[INES], now - dt.timedelta(days=380)
    ids = {name: _id(staff[name]) for name in (MAYA, ELIAS)}
    for day in range(7):
        first, second = (MAYA, ELIAS) if day in OF_MAYA else (ELIAS, MAYA)
        slots = [
            NewSlot(ids[first], Position.FIRST, day, MORNING, MORNING),
            NewSlot(ids[second], Position.SECOND, day, MORNING, MORNING),
            NewSlot(ids[MAYA], Position.DUTY_LEAD, day, MIDNIGHT, MIDNIGHT),
        ]
        keeping.add_slots(slots=slots, by=ines, at=since)
    for name in (MAYA, ELIAS):
        where = f"{name}@northside.example"
        user = staff[name].user
        addresses.set_address(user=user, channel=Channel.EMAIL, address=where, by=ines, at=since)
        assert user is not None  # noqa: S101  staff were made before
        phones.set_number(user=user, number=NUMBERS[name], by=ines, at=since)
    _absences(ids, ines, now=now)


def _absences(ids: Mapping[str, UUID], ines: Actor, *, now: dt.datetime) -> None:
    """An afternoon away without anybody in the place, and next week two days with Maya in the place."""
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    afternoon = noon + dt.timedelta(days=3)
    away = NewAbsence(ids[ELIAS], afternoon, afternoon + dt.timedelta(hours=5), None)
    covered = NewAbsence(ids[ELIAS], noon + dt.timedelta(days=8), noon + dt.timedelta(days=10), ids[MAYA])
    for each in (away, covered):
        absences.add_absence(absence=each, by=ines, at=now - dt.timedelta(days=2))


def _id(actor: Actor) -> UUID:
    assert actor.user is not None  # noqa: S101  staff were made before
    return actor.user.pk
