"""Alerts of past months that fictional people raised and their psychologists closed, and the first signed release."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from clinic import intake
from clinic.actor import Actor
from clinic.clock import zone_of
from clinic.models.danger import DangerReplay, ReleaseReason
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome
from clinic.models.user import Role
from clinic.reauth import Proof
from clinic.safety import alerts, closing
from clinic.safety.ledger import active, releases, replay
from clinic.safety.silent import Contact
from clinic.safety.thresholds import SHIPPED, Thresholds
from recommendations.demo.people import Person

LEFT_OUT = frozenset(
    {"slow_fall_with_gap", "not_shared", "alert_open", "alert_taken", "too_little", "ai_withdrawn"}
)
"""Stories that speak of something else: they stay as they are told."""

NOTES = {
    AlertOutcome.SPOKE: "Rang and spoke. Tired and lonely, safe, and has people to ring.",
    AlertOutcome.NO_DANGER: "Read in full: about work, no danger meant.",
}
WHY = "The whole note is about shifts at work; we see each other tomorrow."
MORE_CAREFUL = Thresholds(SHIPPED.concern - 0.1, SHIPPED.urgent - 0.1)


@dataclass(frozen=True, slots=True)
class Said:
    """What each `of`-th person noted so many check-ins ago, and how the alert ended for all but each `other`-th."""

    words: str
    ago: int
    ended: AlertOutcome
    other: int = 0
    of: int = 1


SAID = (
    Said("I feel hopeless. What is the point of anything?", 62, AlertOutcome.SPOKE, other=3),
    Said("I can't go on like this.", 47, AlertOutcome.NO_DANGER),
    Said("I feel like a burden to everyone.", 33, AlertOutcome.SPOKE, other=4, of=2),
)


def past(by: Actor, person: Person, patient: Patient, *, number: int) -> None:
    """What this person noted in months past, each read, taken and closed within the hour by their psychologist."""
    if person.story in LEFT_OUT:
        return
    moods = Observation.objects.filter(patient=patient, signal=Signal.MOOD, superseded_at=None)
    days = list(moods.order_by("-happened_at").values_list("happened_at", "value"))
    for said in SAID:
        place = said.ago + number % 11
        if place < len(days) and number % said.of == 0:
            _noted(
                by, person, patient, said, days[place], swapped=bool(said.other) and number % said.other == 0
            )


def _noted(
    by: Actor,
    person: Person,
    patient: Patient,
    said: Said,
    day: tuple[dt.datetime, float],
    *,
    swapped: bool,
) -> None:
    """A second check-in with the mood of the first, so that the story of the days stays as it is told."""
    at = day[0] + dt.timedelta(minutes=1)
    entry = intake.NewCheckIn(
        submission=uuid5(NAMESPACE_OID, f"{person.record_number} noted {said.ago}"),
        mood=int(day[1]),
        feelings=("tired",),
        note=said.words,
        happened_at=at.astimezone(zone_of(person.zone)),
    )
    own = Actor(patient.user, Role.PATIENT)
    alert = intake.record_check_in(patient=patient, entry=entry, by=own, at=at).notice.alert
    if alert is None:
        return
    outcome = AlertOutcome.NO_DANGER if swapped else said.ended
    alerts.take(alert=alert, by=by, at=at + dt.timedelta(minutes=20))
    closing.close(
        alert=alert,
        outcome=outcome,
        note=NOTES[outcome],
        level=RiskLevel.ENDED if outcome in closing.JUDGED else None,
        contact=Contact(reached=False, why=WHY),
        by=by,
        at=at + dt.timedelta(minutes=50),
    )


def sign_first(staff: Mapping[str, Actor], *, signer: str, other: str, now: dt.datetime) -> None:
    """The first release, signed after a trial, and a trial of a more careful one that nobody has signed."""
    at, by = now - dt.timedelta(days=3), staff[signer]
    assert by.user is not None  # noqa: S101  staff are people
    tried: DangerReplay = replay.start(thresholds=SHIPPED, read_texts=False, by=by, at=at)
    releases.sign(
        tried=tried,
        seen=tried.digest,
        reason=ReleaseReason.FIRST,
        knows_what_is_lost=True,
        proof=Proof(user=by.user, at=at),
        by=by,
        at=at,
    )
    active.forget()
    later = now - dt.timedelta(days=1)
    replay.start(thresholds=MORE_CAREFUL, read_texts=False, by=staff[other], at=later)
