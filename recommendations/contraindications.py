"""What stands against a step for one person (SR-82): a condition that is present, or unknown where it must be known.

Nothing overrides it: no wish, no experience and nobody's decision (SR-83). An open safety alert counts as an acute
crisis, whatever was recorded before (`clinic.crisis`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from clinic import ai, crisis, screening
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningState
from clinic.screening import Standing
from recommendations import catalogue, indications
from recommendations.catalogue import CatalogueEntry, texts
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import UNDECIDED


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
    """What holds now for every condition of this patient: two queries."""
    return {code: each.state for code, each in standing_of(patient).items()}


def standing_of(patient: Patient, *, gravest: int | None = None) -> dict[str, Standing]:
    """What holds now for every condition, and why where it is not what was recorded: one query, and another unless the
    caller knows the level of the gravest open alert."""
    found = screening.standing(patient)
    crisis_now = found[crisis.CONDITION]
    worst = crisis.gravest_open(patient.pk) if gravest is None else gravest
    state, because = crisis.held(crisis_now.state, worst)
    if because:
        found[crisis.CONDITION] = replace(crisis_now, state=state, because=because)
    return found


def states_of_patients(patient_ids: Iterable[UUID]) -> dict[UUID, dict[str, ScreeningState]]:
    """What holds now for these patients: three queries. What nobody recorded and nothing says is not in it."""
    wanted = list(patient_ids)
    newest = ScreeningFact.objects.filter(patient__pk__among=wanted)
    signs = crisis.of_patients(wanted)
    found: dict[UUID, dict[str, ScreeningState]] = {}
    for fact in newest.order_by("patient", "code", "-recorded_at", "-id").distinct("patient", "code"):
        state = ScreeningState(fact.state)
        if fact.code == crisis.CONDITION:
            state = crisis.since(state, fact.happened_at, signs.get(fact.patient_id, crisis.NONE).reported_at)
        found.setdefault(fact.patient_id, {})[fact.code] = state
    for patient, sign in signs.items():
        if sign.gravest:
            of_patient = found.setdefault(patient, {})
            recorded = of_patient.get(crisis.CONDITION, ScreeningState.UNKNOWN)
            of_patient[crisis.CONDITION] = crisis.held(recorded, sign.gravest)[0]
    return found


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
