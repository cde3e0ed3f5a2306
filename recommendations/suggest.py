"""From readings and other signals to drafts: which interventions are indicated, which are blocked, and why.

The rules are few and plain, and each draft states the rule that chose it. What a contraindication blocks is not
drafted (`contraindications`), and the patient's page says what blocked it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from audit.record import Event, record_many
from clinic import keys
from clinic.actor import SOFTWARE_ROLE, Actor, log
from clinic.models.patient import Patient
from recommendations import contraindications, evidence, fitting, indications, releases, steps, workflow
from recommendations.catalogue import CatalogueEntry, texts
from recommendations.fitting import Fitted, Person
from recommendations.indications import NONE, Signals
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords, seal_draft
from recommendations.workflow import UNDECIDED, State


def draft(
    patients: Mapping[UUID, Patient], readings: Sequence[MoodReading], *, at: dt.datetime
) -> list[Suggestion]:
    """Draft what these new readings and the other signals indicate and nothing blocks, in the caller's transaction.

    What is known to help this person comes first, and what did not help or is not wanted is left out (`fitting`).
    Only from texts that a psychologist of this clinic has signed; they are read once for all these patients. No
    second draft of an intervention while one is open, nor within the rest days after a decision, and never of a
    step after which the person reported that something bad happened.
    """
    signals = indications.of_patients(readings)
    wanted = [
        (reading, met)
        for reading in readings
        if (met := indications.met_by(reading, signals.get(reading.patient_id, NONE)))
    ]
    standing = texts.standing() if wanted else {}
    if not standing:
        return []
    ids = [reading.patient_id for reading, _ in wanted]
    states, known = contraindications.states_of_patients(ids), fitting.known_of(ids)
    resting, ring, release = steps.resting(ids, at=at), keys.ring(ids), releases.suggest()
    drafts = []
    for reading, met in wanted:
        each = reading.patient_id
        person = Person(states.get(each, {}), known.get(each, ()), resting.get(each, steps.NOTHING))
        for fitted in fitting.chosen(standing.values(), met, person):
            about = signals.get(each, NONE)
            drafts.append(_drafted(patients[each], reading, fitted, about, at=at))
    for suggestion in drafts:
        suggestion.release = release
        seal_draft(suggestion, _words(standing[suggestion.code].entry), ring)
    Suggestion.objects.bulk_create(drafts)
    record_many([_event(patients[suggestion.patient_id], suggestion, at=at) for suggestion in drafts])
    return drafts


def _drafted(
    patient: Patient, reading: MoodReading, fitted: Fitted, signals: Signals, *, at: dt.datetime
) -> Suggestion:
    return Suggestion(
        patient=patient,
        code=fitted.text.entry.code,
        intervention=fitted.text.row,
        reading=reading,
        facts=[piece.stored() for piece in evidence.gathered(reading, signals, fitting.pieces(fitted))],
        waiting_since=at,
        happened_at=at,
    )


def _words(entry: CatalogueEntry) -> PlanWords:
    return PlanWords(
        language=entry.language,
        title=entry.title,
        words=entry.words,
        dose=entry.dose,
        stop_rule=entry.stop_rule,
    )


def _event(patient: Patient, suggestion: Suggestion, *, at: dt.datetime) -> Event:
    return Event(
        action="suggestion_drafted",
        at=at,
        by=None,
        role=SOFTWARE_ROLE,
        patient_id=patient.pk,
        record_number=patient.record_number,
        subject_kind="suggestion",
        subject_id=str(suggestion.pk),
        reason=suggestion.code,
        facts={"digest": suggestion.digest},
    )


def withdraw_open(
    *,
    patient: Patient | None,
    reason: str,
    by: Actor,
    at: dt.datetime,
    codes: Iterable[str] | None = None,
) -> int:
    """Withdraw the undecided drafts of one patient, or of everybody when `patient` is None; returns how many.

    One that was put aside goes too: it must not come back after the reason for withdrawing it. `codes` limits it to
    these interventions. In the caller's transaction; the drafts' rows are locked.
    """
    drafts = Suggestion.objects.filter(state__in=UNDECIDED).select_related("patient")
    if patient is not None:
        drafts = drafts.filter(patient=patient)
    if codes is not None:
        drafts = drafts.filter(code__in=list(codes))
    locked = list(drafts.order_by("pk").select_for_update(of=("self",), no_key=True))
    Suggestion.objects.filter(pk__in=[draft.pk for draft in locked]).update(state=State.WITHDRAWN)
    for draft in locked:
        move = workflow.check_move("withdraw", state=draft.state)
        log(move.audit, by=by, at=at, patient=draft.patient, subject=draft, reason=reason)
    return len(locked)
