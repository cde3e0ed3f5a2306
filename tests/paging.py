"""A clinic that can page: who is on call around the clock, and where they are reached."""

import datetime as dt
from uuid import uuid4

from clinic.actor import Actor
from clinic.clock import now
from clinic.models.oncall import Channel, Position, RotaSlot
from clinic.models.safety import SafetyAlert
from clinic.oncall import absences, addresses, keeping
from clinic.oncall.absences import NewAbsence
from clinic.oncall.keeping import NewSlot
from clinic.safety import alerts
from tests.cast import NOW, Cast, psychologist

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


def led(cast: Cast) -> Actor:
    """A third psychologist as duty lead, with an e-mail address, beside those of `staffed`."""
    lead = psychologist("lead", "Dr Ada Lind")
    on_call(cast, lead, Position.DUTY_LEAD)
    reached(cast, lead)
    return lead


def raised(cast: Cast, words: str = EMERGENCY, *, at: dt.datetime = NOW) -> SafetyAlert:
    """An alert about the cast's patient."""
    alert = alerts.notice(patient=cast.patient, text=words, submission=uuid4(), at=at).alert
    assert alert is not None
    return alert


def kept(cast: Cast) -> dict[str, object]:
    """A slot and an absence, for the addresses that take one; everybody can be paged."""
    staffed(cast)
    addresses.set_address(
        user=None, channel=Channel.EMAIL, address="desk@staff.example", by=cast.administrator, at=NOW
    )
    assert cast.treating.user
    ahead = now() + dt.timedelta(days=1)
    away = NewAbsence(cast.treating.user.pk, ahead, ahead + dt.timedelta(days=1), None)
    absence = absences.add_absence(absence=away, by=cast.administrator, at=NOW)
    slot = RotaSlot.objects.filter(removed_at=None).first()
    return {"slot_id": slot and slot.pk, "absence_id": absence.pk}
