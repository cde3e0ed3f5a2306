"""A signed mood estimate as an Observation: a category, a code and a method of its own, so that nobody takes it for
something that the person said or for the score of a questionnaire."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from clinic.models.observation import MOOD_HIGHEST, MOOD_LOWEST, Signal
from clinic.models.patient import Patient
from recommendations.fhir.codes import SIGNAL
from recommendations.fhir.outgoing import people
from recommendations.fhir.outgoing.numbers import moment, quantity
from recommendations.fhir.outgoing.plans import WITH_AI
from recommendations.fhir.outgoing.terms import (
    CATEGORY,
    RELEASE,
    SIGNED_WORDS,
    STOP_REASON,
    Resource,
    coded,
    filled,
    to,
)

if TYPE_CHECKING:
    from recommendations.fhir.outgoing.signed import Leaving
    from recommendations.publications.portal import EstimateDay, MoodEstimate

AI_ESTIMATE = coded(CATEGORY, "ai-estimate", text="Estimated by a program and signed by a psychologist")
MILLISECONDS_OF_A_DAY = 86_400_000
MISSING = "E E E"
"""SampledData's word for a value that could not be made, for each of the three figures of a day."""


def estimate(leaving: "Leaving", *, patient: Patient, subject: str) -> Resource:
    """The snapshot with its "as of" day: the signed sentence, the own usual range and the figures of each day."""
    shown: MoodEstimate = leaving.shown  # type: ignore[assignment]  # the caller asked which of the two it is
    reason = coded(STOP_REASON, leaving.ended.reason) if leaving.ended else None
    release = shown.signed.reading_by or shown.signed.drafted_by
    return {
        "resourceType": "Observation",
        "id": str(shown.publication_id),
        **WITH_AI,
        "identifier": [{"system": SIGNED_WORDS, "value": shown.signed.fingerprint.replace(" ", "")}],
        **filled(extension=[{"url": STOP_REASON, "valueCodeableConcept": reason}] if reason else []),
        "status": "cancelled" if leaving.ended else "final",
        "category": [AI_ESTIMATE],
        "code": coded(SIGNAL, "mood-estimate", text="Mood estimate"),
        "subject": to(subject),
        "effectivePeriod": _period(shown),
        "issued": moment(shown.signed.at, zone=patient.zone),
        "valueString": shown.sentence,
        **filled(method=coded(RELEASE, release, text=release) if release else None),
        **filled(device=to(people.device_id(release)) if release else None),
        **filled(referenceRange=_usual(shown)),
        **filled(component=_figures(shown.days)),
    }


def _period(shown: "MoodEstimate") -> dict[str, str]:
    first = min((day.day for day in shown.days), default=shown.as_of)
    return {"start": first.isoformat(), "end": max(first, shown.as_of).isoformat()}


def _usual(shown: "MoodEstimate") -> list[dict[str, Any]]:
    low, high = shown.usual_low, shown.usual_high
    if low is None or high is None:
        return []
    ends = {"low": quantity(low, Signal.MOOD), "high": quantity(high, Signal.MOOD)}
    return [{**ends, "text": "Where 8 of this person’s own 10 ordinary days fall"}]


def _figures(days: Iterable["EstimateDay"]) -> list[dict[str, Any]]:
    """Each day's level and where it likely lies, from the first day on; days without figures say so."""
    known = {day.day: day for day in days}
    if not known:
        return []
    span = (max(known) - min(known)).days + 1
    every = [known.get(min(known) + dt.timedelta(days=number)) for number in range(span)]
    series = {
        "origin": quantity(0, Signal.MOOD),
        "period": MILLISECONDS_OF_A_DAY,
        "lowerLimit": MOOD_LOWEST,
        "upperLimit": MOOD_HIGHEST,
        "dimensions": 3,
        "data": " ".join(_day(day) for day in every),
    }
    what = coded(SIGNAL, "mood-estimate-days", text="Each day: level, likely from, likely to")
    return [{"code": what, "valueSampledData": series}]


def _day(day: "EstimateDay | None") -> str:
    if day is None or day.level is None or day.lower is None or day.upper is None:
        return MISSING
    return f"{day.level:g} {day.lower:g} {day.upper:g}"
