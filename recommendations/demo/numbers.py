"""Synthetic nights and steps of the fictional people who carry a device, each telling something that mood does not.

Drawn from the record number like the check-ins, so a person has the same past in every clone. Nothing here is data
about a real person.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from clinic import consent, intake
from clinic.actor import Actor
from clinic.clock import zone_of
from clinic.intake import NewNumber
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Signal
from clinic.models.patient import Patient
from recommendations.demo.people import Person

Level = Callable[[int], float | None]
"""Days ago to that day's level; None where the device sent nothing."""


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody's device sends, and what they agreed to."""

    signals: dict[Signal, Level]
    purposes: tuple[Purpose, ...] = tuple(Purpose)


SPREAD = {Signal.SLEEP: 0.7, Signal.STEPS: 1_300.0, Signal.SCREEN: 0.6, Signal.ACTIVITY: 9.0}
DIGITS = {Signal.SLEEP: 1, Signal.SCREEN: 1, Signal.STEPS: 0, Signal.ACTIVITY: 0}


def _steady(level: float) -> Level:
    return lambda ago: level


def _turns(before: float, after: float, *, since: int, silent: range = range(0)) -> Level:
    """From one level to another over ten days that began `since` days ago; nothing on the `silent` days."""

    def level(ago: int) -> float | None:
        share = min(max((since - ago) / 10, 0.0), 1.0)
        return None if ago in silent else before + (after - before) * share

    return level


DEVICES: dict[str, Device] = {
    # sleep and steps fall with the mood, the device was silent when she was, and no AI reads it
    "CS-20418": Device(
        {
            Signal.SLEEP: _turns(7.1, 5.6, since=15, silent=range(16, 21)),
            Signal.STEPS: _turns(6_200, 3_100, since=15, silent=range(16, 21)),
            Signal.SCREEN: _turns(3.4, 5.1, since=13, silent=range(16, 21)),
        },
        purposes=(Purpose.KEEP, Purpose.SHARE),
    ),
    # sleeps far longer while the mood falls: more is not better
    "CS-18840": Device(
        {Signal.SLEEP: _turns(6.9, 9.4, since=24), Signal.STEPS: _turns(5_400, 3_900, since=24)}
    ),
    "CS-20133": Device(
        {Signal.SLEEP: _steady(7.4), Signal.STEPS: _steady(8_100), Signal.ACTIVITY: _steady(42)}
    ),
    "CS-20655": Device({Signal.SLEEP: _steady(7.0), Signal.STEPS: _turns(3_800, 7_600, since=40)}),
    # the device fell silent three weeks ago, and again lately
    "CS-20489": Device(
        {
            Signal.SLEEP: _turns(6.6, 6.4, since=30, silent=range(19, 27)),
            Signal.STEPS: _turns(7_000, 6_800, since=30, silent=range(6)),
        }
    ),
    # kept for herself and shared with nobody
    "CS-20902": Device({Signal.SLEEP: _turns(7.2, 5.2, since=11)}, purposes=(Purpose.KEEP,)),
}


def agree(person: Person, patient: Patient, by: Actor, *, at: dt.datetime) -> None:
    """The consents of somebody who carries a device."""
    device = DEVICES.get(person.record_number)
    for purpose in device.purposes if device else ():
        consent.give(patient=patient, source=Source.DEVICE, purpose=purpose, by=by, at=at)


def record(person: Person, patient: Patient, by: Actor, *, now: dt.datetime) -> None:
    """All that the device sent up to `now`, through intake."""
    if device := DEVICES.get(person.record_number):
        found = numbers_of(person, device, now=now)
        intake.record_observations(patient=patient, numbers=found, source=Source.DEVICE, by=by, at=now)


def numbers_of(person: Person, device: Device, *, now: dt.datetime) -> list[NewNumber]:
    """One number a day and signal, at half past seven of the person's own morning."""
    chance, zone = random.Random(f"{person.record_number} device"), zone_of(person.zone)  # noqa: S311  synthetic data
    today, found = now.astimezone(zone).date(), []
    for ago in range(person.days, -1, -1):
        happened_at = dt.datetime.combine(today - dt.timedelta(days=ago), dt.time(7, 30), zone)
        for signal, level in device.signals.items():
            drawn, missing, value = chance.gauss(0, SPREAD[signal]), chance.random() < 0.06, level(ago)
            if value is not None and not missing and happened_at <= now:
                found.append(NewNumber(signal, round(max(value + drawn, 0.0), DIGITS[signal]), happened_at))
    return found
