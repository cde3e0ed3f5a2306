"""The promise under every move: no AI-derived word and no clinical advice reaches a patient without a signature."""

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.database import COMMITTED
from tests.integration.locks.moves_of_patients import PassingMoves, PatientsMoves
from tests.integration.locks.moves_of_signers import RejectingMoves, SigningMoves, StoppingMoves
from tests.integration.locks.moves_of_the_clinic import ClinicsMoves
from tests.integration.locks.promise import marked_drafts

pytestmark = COMMITTED

BOUNDS = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

CAME_ABOUT = {
    "approved",
    "amended",
    "authored",
    "rejected",
    "taken back",
    "withdrawn",
    "forgery taken: False",
    "other words than shown: ReviewRefused",
    "approved: NotAllowed",
    "texts that could be read",
    "drafts that waited",
}


class Promise(PatientsMoves, PassingMoves, SigningMoves, StoppingMoves, RejectingMoves, ClinicsMoves):
    """All moves; after each the reader and the mail."""

    seen = Counter()


class PromiseOnPages(PatientsMoves, PassingMoves, SigningMoves, StoppingMoves, RejectingMoves):
    """The moves of patients and signers; after each every page of the portal too."""

    pages = True
    seen = Counter()


def test_no_move_and_no_order_of_moves_brings_unsigned_words_to_a_patient() -> None:
    Promise.seen.clear()
    with marked_drafts():
        run_state_machine_as_test(Promise, settings=settings(BOUNDS, max_examples=16, stateful_step_count=20))
    assert set(Promise.seen) >= CAME_ABOUT, Promise.seen
    assert not any("taken: True" in each for each in Promise.seen)


def test_no_move_brings_unsigned_words_onto_a_page() -> None:
    PromiseOnPages.seen.clear()
    with marked_drafts():
        run_state_machine_as_test(
            PromiseOnPages, settings=settings(BOUNDS, max_examples=5, stateful_step_count=12)
        )
    assert PromiseOnPages.seen["texts that could be read"] > 20, PromiseOnPages.seen
    assert PromiseOnPages.seen["drafts that waited"] > 20, PromiseOnPages.seen
