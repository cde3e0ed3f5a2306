"""From readings and other signals to drafts: which interventions are indicated, which are blocked, and why.

The rules are few and plain, and each draft states the rule that chose it. A contraindication that is present, or
unknown where it must be known, blocks: no draft is made, and the patient's page says what blocked it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.record import Event, record_many
from clinic import ai, keys, screening
from clinic.actor import SOFTWARE_ROLE, Actor, log
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningState
from recommendations import catalogue, evidence, indications, releases, steps, workflow
from recommendations.catalogue import CatalogueEntry, texts
from recommendations.catalogue.texts import Standing
from recommendations.indications import NONE, Signals
from recommendations.models.intervention import Intervention
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords, seal_draft
from recommendations.workflow import UNDECIDED, State


@dataclass(frozen=True, slots=True)
class Block:
    """A condition that keeps an intervention from being offered, and whether it is present or not known."""

    condition: str
    state: ScreeningState


def blocks(entry: CatalogueEntry, states: Mapping[str, ScreeningState]) -> list[Block]:
    """What stands against this intervention for a person with these screening states; empty when nothing does."""
    found = []
    for each in entry.contraindications:
        state = states.get(each.condition, ScreeningState.UNKNOWN)
        unknown_blocks = each.must_be_known and state == ScreeningState.UNKNOWN
        if state == ScreeningState.PRESENT or unknown_blocks:
            found.append(Block(each.condition, state))
    return found


def states_of(patient: Patient) -> dict[str, ScreeningState]:
    """What holds now for every condition of this patient."""
    return {code: each.state for code, each in screening.standing(patient).items()}


def blocked_drafts(patient: Patient) -> list[str]:
    """The codes of this patient's open drafts that are blocked by the rules of the text that they were made from."""
    states = states_of(patient)
    rows = Suggestion.objects.filter(patient=patient, state__in=UNDECIDED).select_related("intervention")
    return [row.code for row in rows if blocks(catalogue.of_body(row.intervention.body), states)]


def blocked(patient: Patient, reading: MoodReading | None) -> list[tuple[CatalogueEntry, list[Block]]]:
    """The interventions that are indicated for this patient and blocked, with what blocks them."""
    if reading is None or not ai.ai_allowed(ai.Function.SUGGESTION, patient):
        return []
    return blocked_by(reading, states_of(patient))


def blocked_by(
    reading: MoodReading, states: Mapping[str, ScreeningState]
) -> list[tuple[CatalogueEntry, list[Block]]]:
    """The same from screening states that are known already; the caller has asked whether AI is allowed.

    Only what the reading itself points to: one query, and none where it points to nothing.
    """
    met = indications.met_by(reading)
    if not met:
        return []
    found = [
        (text.entry, blocks(text.entry, states))
        for text in texts.standing().values()
        if text.entry.indication in met
    ]
    return [(entry, against) for entry, against in found if against]


def draft(
    patients: Mapping[UUID, Patient], readings: Sequence[MoodReading], *, at: dt.datetime
) -> list[Suggestion]:
    """Draft what these new readings and the other signals indicate and nothing blocks, in the caller's transaction.

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
    states, ring = _states(ids), keys.ring(ids)
    resting, release = steps.resting(ids, at=at), releases.suggest()
    drafts = [
        _drafted(patients[reading.patient_id], reading, text, signals.get(reading.patient_id, NONE), at=at)
        for reading, met in wanted
        for text in steps.chosen(
            [
                text
                for text in standing.values()
                if text.entry.indication in met and not blocks(text.entry, states.get(reading.patient_id, {}))
            ],
            resting.get(reading.patient_id, steps.NOTHING),
        )
    ]
    for suggestion in drafts:
        suggestion.release = release
        seal_draft(suggestion, _words(standing[suggestion.code].entry), ring)
    Suggestion.objects.bulk_create(drafts)
    record_many([_event(patients[suggestion.patient_id], suggestion, at=at) for suggestion in drafts])
    return drafts


def _drafted(
    patient: Patient, reading: MoodReading, text: Standing, signals: Signals, *, at: dt.datetime
) -> Suggestion:
    return Suggestion(
        patient=patient,
        code=text.entry.code,
        intervention=text.row,
        reading=reading,
        facts=[piece.stored() for piece in evidence.gathered(reading, signals)],
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


def _states(patient_ids: Iterable[UUID]) -> dict[UUID, dict[str, ScreeningState]]:
    newest = ScreeningFact.objects.filter(patient__in=patient_ids)
    found: dict[UUID, dict[str, ScreeningState]] = {}
    for fact in newest.order_by("patient", "code", "-recorded_at", "-id").distinct("patient", "code"):
        found.setdefault(fact.patient_id, {})[fact.code] = ScreeningState(fact.state)
    return found


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
    text: Intervention | None = None,
) -> int:
    """Withdraw the undecided drafts of one patient, or of everybody when `patient` is None; returns how many.

    One that was put aside goes too: it must not come back after the reason for withdrawing it. `codes` limits it to
    these interventions, `text` to what came from that version. In the caller's transaction; the drafts' rows are
    locked.
    """
    drafts = Suggestion.objects.filter(state__in=UNDECIDED).select_related("patient")
    if patient is not None:
        drafts = drafts.filter(patient=patient)
    if codes is not None:
        drafts = drafts.filter(code__in=list(codes))
    if text is not None:
        drafts = drafts.filter(intervention=text)
    locked = list(drafts.order_by("pk").select_for_update(of=("self",), no_key=True))
    Suggestion.objects.filter(pk__in=[draft.pk for draft in locked]).update(state=State.WITHDRAWN)
    for draft in locked:
        move = workflow.check_move("withdraw", state=draft.state)
        log(move.audit, by=by, at=at, patient=draft.patient, subject=draft, reason=reason)
    return len(locked)
