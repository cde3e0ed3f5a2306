"""A clinic that can page: who is on call around the clock, and where they are reached."""

import datetime as dt
from uuid import uuid4

from clinic.actor import Actor
from clinic.models.oncall import Channel, Position
from clinic.models.safety import SafetyAlert
from clinic.oncall import addresses, keeping
from clinic.oncall.keeping import NewSlot
from clinic.safety import alerts
from tests.cast import NOW, Cast

URGENT, EMERGENCY = "I do not want to be here any more.", "I want to kill myself tonight"
MIDNIGHT = dt.time(0)


def on_call(cast: Cast, by: Actor, position: Position, *, at: dt.datetime = NOW) -> None:
    """Put somebody on call in a position, every day, around the clock."""
    assert by.user
    for weekday in range(7):
        slot = NewSlot(by.user.pk, position, weekday, MIDNIGHT, MIDNIGHT)
        keeping.add_slot(slot=slot, by=cast.administrator, at=at)


def reached(cast: Cast, by: Actor, address: str = "", *, channel: Channel = Channel.EMAIL) -> None:
    """Let somebody be paged."""
    assert by.user
    where = address or f"{by.user.sign_in_name}@staff.example"
    addresses.set_address(user=by.user, channel=channel, address=where, by=cast.administrator, at=NOW)


def staffed(cast: Cast) -> Cast:
    """The treating psychologist first, the other second; both with an e-mail address."""
    for by, position in ((cast.treating, Position.FIRST), (cast.other_psychologist, Position.SECOND)):
        on_call(cast, by, position)
        reached(cast, by)
    return cast


def raised(cast: Cast, words: str = EMERGENCY, *, at: dt.datetime = NOW) -> SafetyAlert:
    """An alert about the cast's patient."""
    alert = alerts.notice(patient=cast.patient, text=words, submission=uuid4(), at=at).alert
    assert alert is not None
    return alert
