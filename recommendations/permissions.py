"""Acts that change whether AI may be used, or what may be suggested, together with what follows for open drafts.

Signed plans stay: only drafts that nobody has signed are withdrawn. Each act locks the rows of the patients as
scoring does, so that no draft can appear behind a withdrawal, a stop or a new fact.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from clinic import ai, consent, profile, screening, told
from clinic.activities import Mark, mark_of
from clinic.actor import Actor
from clinic.fact_rows import NewFact
from clinic.models.ai_stop import AiStop
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient
from clinic.models.profile import ProfileFact, Topic
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState
from clinic.outbox import enqueue
from clinic.told import Told
from recommendations import contraindications, fitting, review, suggest
from recommendations.evidence import pieces_of
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import UNDECIDED


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
    elif codes := _resting_on(patient, source):
        suggest.withdraw_open(patient=patient, reason="consent_withdrawn", by=by, at=at, codes=codes)
        enqueue("recommendations.tasks.score_patients", patient_ids=[str(patient.pk)])


OF_SOURCE = {Source.QUESTIONNAIRE: "form", Source.IMPORTED: "form", Source.DEVICE: "nights"}
"""By what the pieces of evidence of a source are known. A total may be of either of two sources: both are asked."""


def _resting_on(patient: Patient, source: Source) -> list[str]:
    """The codes of waiting drafts with evidence of this source, whether it chose them or stands beside."""
    figure = OF_SOURCE.get(source)
    rows = Suggestion.objects.filter(patient=patient, state__in=UNDECIDED) if figure else []
    return [row.code for row in rows if any(figure in piece.figures for piece in pieces_of(row.facts))]


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
    blocked = contraindications.blocked_drafts(patient)
    withdrawn = suggest.withdraw_open(patient=patient, reason="contraindicated", by=by, at=at, codes=blocked)
    changed = {fact.code for fact in made}
    stopped = review.stop_contraindicated(patient=patient, changed=changed, by=by, at=at) if made else []
    if made and ai.ai_allowed(ai.Function.SUGGESTION, patient):
        enqueue("recommendations.tasks.score_patients", patient_ids=[str(patient.pk)])
    return Recorded(made, withdrawn, len(stopped))


@transaction.atomic
def record_fact(*, patient: Patient, fact: NewFact, by: Actor, at: dt.datetime) -> ProfileFact:
    """Record a fact of the profile; what it says of an activity holds for waiting drafts at once."""
    _lock(patient)
    row = profile.record(patient=patient, fact=fact, by=by, at=at)
    _fit_anew(patient, row, by=by, at=at)
    return row


@transaction.atomic
def correct_fact(
    *, fact: ProfileFact, words: str, dated: str, code: str, by: Actor, at: dt.datetime
) -> ProfileFact:
    """Correct a fact of the profile, and look at the waiting drafts again. Raises what `profile.correct` does."""
    _lock(fact.patient)
    row = profile.correct(fact=fact, words=words, dated=dated, code=code, by=by, at=at)
    _fit_anew(fact.patient, fact, row, by=by, at=at)
    return row


@transaction.atomic
def end_fact(*, fact: ProfileFact, by: Actor, at: dt.datetime) -> ProfileFact:
    """End a fact of the profile, and look at the waiting drafts again. Raises what `profile.end` does."""
    _lock(fact.patient)
    row = profile.end(fact=fact, by=by, at=at)
    _fit_anew(fact.patient, fact, by=by, at=at)
    return row


@transaction.atomic
def tell_fact(
    *,
    patient: Patient,
    topic: Topic,
    words: str,
    mark: Mark | None,
    submission: UUID,
    by: Actor,
    at: dt.datetime,
) -> Told:
    """What a patient tells of themselves. Nothing here waits for scoring, so help is never late: a worker looks at the
    drafts (`look_again`), and a signature in the making is void at once by the situation."""
    made = told.tell(
        patient=patient, topic=topic, words=words, mark=mark, submission=submission, by=by, at=at
    )
    if mark and made.fact:
        enqueue("recommendations.tasks.look_again", patient_id=str(patient.pk))
    return made


@transaction.atomic
def end_own_fact(*, fact: ProfileFact, by: Actor, at: dt.datetime) -> ProfileFact:
    """A patient takes a fact of their own out; a worker looks at the drafts. Raises what `profile.end` does."""
    row = profile.end(fact=fact, by=by, at=at)
    if mark_of(fact.code):
        enqueue("recommendations.tasks.look_again", patient_id=str(fact.patient_id))
    return row


@transaction.atomic
def look_again(*, patient: Patient, by: Actor, at: dt.datetime) -> int:
    """Withdraw the waiting drafts that the profile does not bear out any more or that an open safety alert blocks, and
    ask for scoring; how many."""
    _lock(patient)
    blocked = contraindications.blocked_drafts(patient)
    withdrawn = suggest.withdraw_open(patient=patient, reason="contraindicated", by=by, at=at, codes=blocked)
    codes = fitting.drafts_out_of_place(patient)
    withdrawn += suggest.withdraw_open(patient=patient, reason="profile", by=by, at=at, codes=codes)
    if ai.ai_allowed(ai.Function.SUGGESTION, patient):
        enqueue("recommendations.tasks.score_patients", patient_ids=[str(patient.pk)])
    return withdrawn


def _fit_anew(patient: Patient, *rows: ProfileFact, by: Actor, at: dt.datetime) -> None:
    if any(mark_of(row.code) for row in rows):
        look_again(patient=patient, by=by, at=at)


def _lock(patient: Patient | None) -> None:
    """Lock one patient's row, or everybody's, in the order in which scoring locks them."""
    rows = Patient.objects.order_by("pk").select_for_update(no_key=True).values_list("pk")
    list(rows if patient is None else rows.filter(pk=patient.pk))
