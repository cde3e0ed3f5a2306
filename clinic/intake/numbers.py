"""Numbers of the other signals on their way in: sleep, steps, screen time, totals of questionnaires from elsewhere."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from clinic import consent
from clinic.actor import Actor, log
from clinic.clock import local_date
from clinic.database.turns import take_turn
from clinic.intake.refusals import NotKept
from clinic.models.consent import Purpose, Source
from clinic.models.imported import ImportedResource
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.signals import fits

Place = tuple[str, dt.datetime]
"""What tells one number of a source from another: its signal and when it happened."""


@dataclass(frozen=True, slots=True)
class NewNumber:
    """One number of one signal. `day` is the local day that it counts for; without it, that of `happened_at` where
    the person lives. The sleep of a night counts for the day on which it ended."""

    signal: Signal
    value: float
    happened_at: dt.datetime
    day: dt.date | None = None
    response: QuestionnaireResponse | None = None
    imported_from: ImportedResource | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of some numbers: how many are new, replaced an older one with it, and stood already."""

    new: int
    replaced: int
    known: int
    not_kept: NotKept | None


class NotTaken(ValueError):
    """A number cannot be right, or does not come in this way. Nothing of what was handed in is stored."""


@transaction.atomic
def record_observations(
    *, patient: Patient, numbers: Sequence[NewNumber], source: Source, by: Actor, at: dt.datetime
) -> Kept:
    """Store numbers that came from one source, where the patient agreed that it is kept: seven queries for any number.

    A number of the same signal, source and moment with the same value is known already; one with another value
    replaces it, and the older one stays in the record. Raises NotTaken for a value that its signal cannot have, and
    for mood that does not come from another system: that comes as a check-in.
    """
    _check(numbers, source)
    if not consent.agreed(patient, source=source, purpose=Purpose.KEEP):
        return Kept(0, 0, 0, NotKept.NO_CONSENT)
    take_turn(f"numbers of {patient.pk}")
    given = {(number.signal.value, number.happened_at): number for number in numbers}
    standing = _standing(patient, source, list(given.values()))
    fresh = [number for place, number in given.items() if _is_news(number, standing.get(place))]
    older = [standing[place].pk for place in map(_place, fresh) if place in standing]
    Observation.objects.filter(pk__in=older).update(superseded_at=at)
    made = [_observation(patient, source, number) for number in fresh]
    Observation.objects.bulk_create(made, batch_size=2_000)
    if made:
        facts = {
            "source": source,
            "signals": sorted({each.signal for each in fresh}),
            "new": len(fresh),
            "replaced": len(older),
        }
        log("numbers_saved", by=by, at=at, patient=patient, facts=facts)
    return Kept(new=len(fresh), replaced=len(older), known=len(given) - len(fresh), not_kept=None)


def _check(numbers: Sequence[NewNumber], source: Source) -> None:
    for number in numbers:
        if number.signal is Signal.MOOD and source is not Source.IMPORTED:
            raise NotTaken("Mood comes as a check-in.")
        if not fits(number.signal, number.value):
            raise NotTaken(f"{number.signal}: a value outside what this signal can have.")


def _place(number: NewNumber) -> Place:
    return number.signal.value, number.happened_at


def _standing(patient: Patient, source: Source, numbers: Sequence[NewNumber]) -> dict[Place, Observation]:
    """What stands already from this source at these moments."""
    if not numbers:
        return {}
    moments = [number.happened_at for number in numbers]
    rows = Observation.objects.filter(
        patient=patient,
        source=source,
        signal__in={number.signal for number in numbers},
        superseded_at=None,
        happened_at__range=(min(moments), max(moments)),
    )
    return {(row.signal, row.happened_at): row for row in rows}


def _is_news(number: NewNumber, standing: Observation | None) -> bool:
    return standing is None or standing.value != number.value


def _observation(patient: Patient, source: Source, number: NewNumber) -> Observation:
    return Observation(
        patient=patient,
        signal=number.signal,
        source=source,
        value=number.value,
        happened_at=number.happened_at,
        local_date=number.day or local_date(at=number.happened_at, zone=patient.zone),
        response=number.response,
        imported_from=number.imported_from,
    )
