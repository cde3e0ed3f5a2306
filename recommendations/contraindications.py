"""What stands against a step for one person (SR-82): a condition that is present, or unknown where it must be known.

Nothing overrides it: no wish, no experience and nobody's decision (SR-83).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from clinic import ai, screening
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningState
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
    """What holds now for every condition of this patient."""
    return {code: each.state for code, each in screening.standing(patient).items()}


def states_of_patients(patient_ids: Iterable[UUID]) -> dict[UUID, dict[str, ScreeningState]]:
    """The recorded states of these patients: one query. What nobody recorded is not in it."""
    newest = ScreeningFact.objects.filter(patient__in=patient_ids)
    found: dict[UUID, dict[str, ScreeningState]] = {}
    for fact in newest.order_by("patient", "code", "-recorded_at", "-id").distinct("patient", "code"):
        found.setdefault(fact.patient_id, {})[fact.code] = ScreeningState(fact.state)
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
