"""A record of many days as it stands in memory, and what maps it to FHIR: for bench_export."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

from clinic.keys import Ring
from clinic.models.observation import CheckIn, Observation, Signal
from clinic.models.patient import Patient
from clinic.people import Identity
from recommendations.fhir.outgoing import numbers, people, signed
from recommendations.fhir.outgoing.signed import Leaving
from recommendations.fhir.outgoing.terms import Resource
from recommendations.publications import PlanItem, Signed

NOW = dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC)
SIGNALS = (Signal.SLEEP, Signal.STEPS, Signal.SCREEN)
NOTE = "Slept badly, walked to the shop and back. Better in the evening than in the morning."


def record(days: int) -> Callable[[], list[Resource]]:
    """A patient with a check-in with words and three other numbers a day and six signed steps; what maps it."""
    patient, ring = Patient(record_number="CS-12345", zone="Europe/London", language="en"), None
    ring = Ring({patient.pk: {1: bytes(32)}})
    rows = [row for ago in range(days) for row in _day(patient, ring, NOW - dt.timedelta(days=ago))]
    leaving = [Leaving(_step(NOW - dt.timedelta(days=30 * each))) for each in range(6)]
    identity = Identity(patient.pk, "CS-12345", "Amara Nwosu", "she/her", dt.date(1992, 3, 12), "", 34)
    subject = str(patient.pk)

    def mapped() -> list[Resource]:
        return [
            people.patient(identity, patient),
            *(numbers.observation(row, ring, patient=patient, subject=subject) for row in rows),
            *signed.resources(leaving, patient=patient, subject=subject, at=NOW),
        ]

    return mapped


def _day(patient: Patient, ring: Ring, at: dt.datetime) -> list[Observation]:
    check_in = CheckIn(patient=patient, happened_at=at, zone="Europe/London", local_date=at.date())
    check_in.seal(ring, feelings='["tired", "calm"]', note=NOTE)
    mood = Observation(pk=at.toordinal() * 10, signal=Signal.MOOD, value=6, check_in=check_in)
    others = [Observation(pk=at.toordinal() * 10 + n + 1, signal=s, value=6.5) for n, s in enumerate(SIGNALS)]
    for row in (mood, *others):
        row.patient, row.source, row.happened_at, row.local_date = patient, "check_in", at, at.date()
    return [mood, *others]


def _step(at: dt.datetime) -> PlanItem:
    by = Signed(
        "Dr Maya Okonkwo", "Psychologist", at, True, False, "7f3a", "suggest-1 1.0.0", "", "mood-1 1.0.0"
    )
    until = at.date() + dt.timedelta(days=28)
    return PlanItem(
        uuid4(), "One song a day", NOTE, "Once a day.", "When it is too much.", "en", until, at, by
    )
