"""Acts that change whether AI may be used, or what may be suggested, together with what follows for open drafts.

Signed plans stay: only drafts that nobody has signed are withdrawn. Each act locks the rows of the patients as
scoring does, so that no draft can appear behind a withdrawal, a stop or a new fact.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from clinic import ai, consent, screening
from clinic.actor import Actor
from clinic.models.ai_stop import AiStop
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState
from clinic.outbox import enqueue
from recommendations import review, suggest


@transaction.atomic
def give_consent(
    *, patient: Patient, source: Source, purpose: Purpose, by: Actor, at: dt.datetime
) -> ConsentGrant:
    """Record a consent; where AI may be used from now on, scoring is asked for."""
    _lock(patient)
    grant = consent.give(patient=patient, source=source, purpose=purpose, by=by, at=at)
    if ai.ai_allowed(ai.Function.MOOD_READING, patient):
        enqueue("recommendations.tasks.score_patients", patient_ids=[str(patient.pk)])
    return grant


@transaction.atomic
def withdraw_consent(
    *, patient: Patient, source: Source, purpose: Purpose, by: Actor, at: dt.datetime
) -> None:
    """End a consent; open drafts that rested on it are withdrawn at once."""
    _lock(patient)
    consent.withdraw(patient=patient, source=source, purpose=purpose, by=by, at=at)
    if not ai.ai_allowed(ai.Function.SUGGESTION, patient):
        suggest.withdraw_open(patient=patient, reason="consent_withdrawn", by=by, at=at)


@transaction.atomic
def stop_ai(*, patient: Patient | None, by: Actor, at: dt.datetime) -> AiStop:
    """Stop AI for one patient, or for everybody when `patient` is None; open drafts are withdrawn with it."""
    _lock(patient)
    stop = ai.stop(patient=patient, by=by, at=at)
    suggest.withdraw_open(patient=patient, reason="ai_stopped", by=by, at=at)
    return stop


@dataclass(frozen=True, slots=True)
class Recorded:
    """What followed from screening facts: the new rows, the drafts withdrawn and the signed steps stopped."""

    facts: list[ScreeningFact]
    drafts: int
    steps: int


@transaction.atomic
def record_screening(
    *,
    patient: Patient,
    answers: Mapping[str, ScreeningState],
    source: ScreeningSource,
    by: Actor,
    at: dt.datetime,
) -> Recorded:
    """Record screening facts, and let them hold at once (SR-82).

    Open drafts that are blocked are withdrawn, signed steps whose own rules name a new fact are stopped with a plain
    sentence to the patient, and what is not blocked any more may now be drafted. Nobody can override a rule (SR-83).
    """
    _lock(patient)
    made = screening.record_facts(patient=patient, answers=answers, source=source, by=by, at=at)
    blocked = suggest.blocked_drafts(patient)
    withdrawn = suggest.withdraw_open(patient=patient, reason="contraindicated", by=by, at=at, codes=blocked)
    changed = {fact.code for fact in made}
    stopped = review.stop_contraindicated(patient=patient, changed=changed, by=by, at=at) if made else []
    if made and ai.ai_allowed(ai.Function.SUGGESTION, patient):
        enqueue("recommendations.tasks.score_patients", patient_ids=[str(patient.pk)])
    return Recorded(made, withdrawn, len(stopped))


def _lock(patient: Patient | None) -> None:
    """Lock one patient's row, or everybody's, in the order in which scoring locks them."""
    rows = Patient.objects.order_by("pk").select_for_update(no_key=True).values_list("pk")
    list(rows if patient is None else rows.filter(pk=patient.pk))
