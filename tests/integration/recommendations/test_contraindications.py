"""The matrix of SR-82: every condition against every step, in each of its three states."""

from collections.abc import Mapping

import pytest

from clinic.models.screening import ScreeningState
from clinic.screening import CONDITIONS
from recommendations import contraindications
from recommendations.catalogue import CatalogueEntry, entries, of_body

BLOCKS, MUST_BE_KNOWN, CARE = "blocks when present", "and when not known", "asks for care and never blocks"

MATRIX: Mapping[str, Mapping[str, str]] = {
    "behavioural_activation": {"mania": MUST_BE_KNOWN, "unsafe_setting": BLOCKS, "eating_disorder": CARE},
    "paced_breathing": {"breathing": MUST_BE_KNOWN, "panic_breathing": MUST_BE_KNOWN},
    "planned_walk": {
        "eating_disorder": MUST_BE_KNOWN,
        "cardiac": MUST_BE_KNOWN,
        "pregnancy": BLOCKS,
        "underweight": BLOCKS,
        "unsafe_setting": BLOCKS,
        "injury": BLOCKS,
    },
    "brisk_exercise": {
        **dict.fromkeys(("eating_disorder", "cardiac", "pregnancy", "underweight", "injury"), MUST_BE_KNOWN),
        "unsafe_setting": BLOCKS,
    },
    "short_mindfulness": {
        **dict.fromkeys(("psychosis", "dissociation", "mania"), MUST_BE_KNOWN),
        "epilepsy": CARE,
    },
    "longer_mindfulness": dict.fromkeys(("psychosis", "dissociation", "mania", "epilepsy"), MUST_BE_KNOWN),
    "sleep_habits": {},
    "stimulus_control": {"mania": MUST_BE_KNOWN, "fall_risk": MUST_BE_KNOWN},
    "sleep_window": dict.fromkeys(
        ("mania", "epilepsy", "parasomnia", "alert_work", "pregnancy"), MUST_BE_KNOWN
    ),
    "worry_time": {"ocd": CARE},
    "muscle_relaxation": {"injury": BLOCKS, "panic_relaxing": MUST_BE_KNOWN},
    "grounding": {},
    "social_contact": {"abusive_contact": MUST_BE_KNOWN, "harmful_group": BLOCKS},
    "problem_solving": {"acute_crisis": BLOCKS},
    "thought_record": {"psychosis": MUST_BE_KNOWN, "acute_crisis": BLOCKS},
    "kind_act": {"severe_depression": MUST_BE_KNOWN, "abusive_contact": BLOCKS},
}
"""Section 6 of the safety requirements, cell by cell; what is not named never stands against a step."""

CELLS = [(code, condition) for code in MATRIX for condition in CONDITIONS]


def test_the_matrix_has_every_step_and_no_condition_that_nobody_can_answer() -> None:
    assert set(MATRIX) == set(entries())
    assert len(MATRIX) >= 8
    assert all(set(named) <= set(CONDITIONS) for named in MATRIX.values())


def stands_against(entry: CatalogueEntry, condition: str, state: ScreeningState) -> bool:
    """Whether this state of this condition blocks, with everything else known to be absent."""
    states = dict.fromkeys(CONDITIONS, ScreeningState.ABSENT) | {condition: state}
    return bool(contraindications.blocks(entry, states))


def wrong_cells(found: Mapping[str, CatalogueEntry]) -> list[str]:
    """The cells in which the catalogue does not do what the matrix says."""
    wrong = []
    for code, condition in CELLS:
        cell, entry = MATRIX[code].get(condition, ""), found[code]
        expected = {
            ScreeningState.PRESENT: cell in {BLOCKS, MUST_BE_KNOWN},
            ScreeningState.UNKNOWN: cell == MUST_BE_KNOWN,
            ScreeningState.ABSENT: False,
        }
        does = {state: stands_against(entry, condition, state) for state in ScreeningState}
        if does != expected or (condition in entry.cautions) != (cell == CARE):
            wrong.append(f"{code} x {condition}")
    return wrong


def test_every_cell_of_condition_and_step_does_what_the_requirements_say() -> None:
    assert len(CELLS) == len(entries()) * len(CONDITIONS)
    assert wrong_cells(entries()) == []


def test_planted_fault_a_contraindication_that_was_forgotten_is_found() -> None:
    body = entries()["sleep_window"].body
    rules = [each for each in body["contraindications"] if each["condition"] != "mania"]
    changed = {**entries(), "sleep_window": of_body(body | {"contraindications": rules})}
    assert wrong_cells(changed) == ["sleep_window x mania"]


@pytest.mark.parametrize("code", ["sleep_window", "longer_mindfulness", "brisk_exercise"])
def test_nothing_known_blocks_the_strict_steps_altogether(code: str) -> None:
    assert contraindications.blocks(entries()[code], {})
