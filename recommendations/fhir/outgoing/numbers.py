"""Check-ins and other numbers as Observations: the patient's own words and figures, never an estimate."""

import datetime as dt
import json
from typing import Any

from clinic.clock import zone_of
from clinic.intake import FEELINGS
from clinic.keys import Ring
from clinic.models.observation import CheckIn, Observation, Signal
from clinic.models.patient import Patient
from recommendations.fhir.codes import SIGNAL, UCUM
from recommendations.fhir.outgoing.terms import (
    FEELING,
    SOURCE,
    Resource,
    category,
    coded,
    filled,
    stable,
    to,
)

UNITS: dict[Signal, tuple[str, str]] = {
    Signal.MOOD: ("points", "{score}"),
    Signal.SLEEP: ("hours", "h"),
    Signal.STEPS: ("steps", "{steps}"),
    Signal.ACTIVITY: ("minutes", "min"),
    Signal.SOCIAL: ("minutes", "min"),
    Signal.SCREEN: ("hours", "h"),
    Signal.PHQ9: ("points", "{score}"),
    Signal.PHQ8: ("points", "{score}"),
    Signal.GAD7: ("points", "{score}"),
}
"""By signal: the unit as `clinic.signals` names it in English, and its UCUM code."""

NAMES: dict[Signal, str] = {
    Signal.MOOD: "Mood, 0 (lowest) to 10 (highest), as the person said",
    Signal.SLEEP: "Sleep",
    Signal.STEPS: "Steps",
    Signal.ACTIVITY: "Active time",
    Signal.SOCIAL: "Time with others",
    Signal.SCREEN: "Screen time",
    Signal.PHQ9: "PHQ-9 total",
    Signal.PHQ8: "PHQ-8 total",
    Signal.GAD7: "GAD-7 total",
}
"""What each signal is called in a file, whatever language its reader speaks."""

SURVEY = category("survey", "Survey")
ACTIVITY = category("activity", "Activity")
SAID_BY_THE_PERSON = {Signal.MOOD, Signal.PHQ9, Signal.PHQ8, Signal.GAD7}


def observation(row: Observation, ring: Ring, *, patient: Patient, subject: str) -> Resource:
    """One number, with the words of its check-in where it has some. `subject` is the id of the Patient resource."""
    signal, check_in = Signal(row.signal), row.check_in
    zone = check_in.zone if check_in else patient.zone
    said = signal in SAID_BY_THE_PERSON
    return {
        "resourceType": "Observation",
        "id": str(check_in.pk) if check_in else stable(patient.pk, "observation", row.pk),
        "meta": {"tag": [{"system": SOURCE, "code": row.source}]},
        "status": "corrected" if check_in and check_in.supersedes_id else "final",
        "category": [SURVEY if said else ACTIVITY],
        "code": coded(SIGNAL, signal, text=NAMES[signal]),
        "subject": to(subject),
        "effectiveDateTime": moment(row.happened_at, zone=zone),
        **filled(performer=[to(subject)] if check_in else []),
        "valueQuantity": quantity(row.value, signal),
        **(_words(check_in, ring) if check_in else {}),
    }


def quantity(value: float, signal: Signal) -> dict[str, Any]:
    """A number with its unit, in words and in UCUM."""
    unit, code = UNITS[signal]
    return {"value": number(value), "unit": unit, "system": UCUM, "code": code}


def number(value: float) -> int | float:
    """A whole number without ".0", so that 6 stays 6."""
    return int(value) if float(value).is_integer() else value


def moment(at: dt.datetime, *, zone: str) -> str:
    """A moment with the offset that its zone had then."""
    return at.astimezone(zone_of(zone)).isoformat()


def _words(check_in: CheckIn, ring: Ring) -> dict[str, Any]:
    """Feelings and note. Raises CannotOpen: a copy with holes that nobody sees is worse than none."""
    feelings = json.loads(check_in.unseal(ring, "feelings") or "[]")
    note = check_in.unseal(ring, "note")
    return filled(
        note=[{"text": note}] if note.strip() else [],
        component=[_feeling(code) for code in feelings],
    )


def _feeling(code: str) -> dict[str, Any]:
    name = str(FEELINGS.get(code, code))
    return {
        "code": coded(FEELING, "feeling", text="Feeling"),
        "valueCodeableConcept": coded(FEELING, code, text=name),
    }
