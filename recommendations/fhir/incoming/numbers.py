"""Numbers of signals that an Observation of another system holds. What has no sure meaning stays words under seal."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from clinic.clock import zone_of
from clinic.intake import NewNumber
from clinic.models.observation import Signal
from clinic.signals import fits
from recommendations.fhir import codes

SIGNALS: dict[str, Signal] = {
    codes.PHQ9_TOTAL: Signal.PHQ9,
    codes.GAD7_TOTAL: Signal.GAD7,
    codes.STEPS_24H: Signal.STEPS,
    codes.SLEEP_DURATION: Signal.SLEEP,
}
"""By LOINC code. The PHQ-8 has no total in LOINC; its answers come as a response."""

STANDING = frozenset({"final", "amended", "corrected"})
"""States of an Observation whose value counts."""

HOURS = {"h": 1.0, "hr": 1.0, "hour": 1.0, "hours": 1.0, "min": 1 / 60, "minutes": 1 / 60, "s": 1 / 3600}

_NUMBER = re.compile(r"\s*(\d{1,7}(?:\.\d{1,9})?)\s*", re.ASCII)


OWN: dict[str, Signal] = {signal.value: signal for signal in Signal}
"""By our own code, as an export of this product writes it."""


def signal_of(resource: Mapping[str, Any]) -> Signal | None:
    """The signal of an Observation, by LOINC or by our own code; None for all others."""
    for coding in resource.get("code", {}).get("coding", []):
        known = {codes.LOINC: SIGNALS, codes.SIGNAL: OWN}.get(str(coding.get("system")), {})
        if found := known.get(str(coding.get("code"))):
            return found
    return None


def number_of(resource: Mapping[str, Any], *, zone: str, at: dt.datetime) -> NewNumber | None:
    """The number of a signal that this Observation holds for somebody who lives in `zone`; None where it holds none:
    another code, no whole date, a state that does not count, a unit or a value that cannot be right."""
    signal = signal_of(resource)
    if signal is None or resource.get("status") not in STANDING:
        return None
    value, moment = _value(resource, signal), moment_of(resource, zone=zone)
    if value is None or moment is None or not fits(signal, value):
        return None
    happened_at, day = moment
    if happened_at > at + dt.timedelta(days=1):
        return None
    return NewNumber(signal=signal, value=value, happened_at=happened_at, day=day)


def moment_of(resource: Mapping[str, Any], *, zone: str) -> tuple[dt.datetime, dt.date | None] | None:
    """When it happened, and for a date without a time its day; None for a part of a date."""
    period = resource.get("effectivePeriod", {})
    given = resource.get("effectiveDateTime") or resource.get("effectiveInstant")
    text = str(given or resource.get("authored") or period.get("end") or period.get("start") or "")
    return read_moment(text, zone=zone)


def read_moment(text: str, *, zone: str) -> tuple[dt.datetime, dt.date | None] | None:
    """A moment as FHIR writes it: with its offset, or a date, which is put at noon where the person lives."""
    try:
        if len(text) == 10:
            day = dt.date.fromisoformat(text)
            return dt.datetime.combine(day, dt.time(12), tzinfo=zone_of(zone)), day
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment, None) if len(text) > 10 and moment.tzinfo is not None else None


def _value(resource: Mapping[str, Any], signal: Signal) -> float | None:
    quantity = resource.get("valueQuantity")
    if isinstance(quantity, dict):
        if "comparator" in quantity or "value" not in quantity:
            return None
        return _converted(float(quantity["value"]), quantity, signal)
    if "valueInteger" in resource:
        return float(resource["valueInteger"])
    written = _NUMBER.fullmatch(str(resource.get("valueString", "")))
    return float(written.group(1)) if written else None


def _converted(value: float, quantity: Mapping[str, Any], signal: Signal) -> float | None:
    if signal is not Signal.SLEEP:
        return value
    factor = HOURS.get(str(quantity.get("code") or quantity.get("unit", "")).lower())
    return None if factor is None else value * factor
