"""The state machine's planted faults: with each of them it must fail, whatever seed it starts from.

Faults that show at once are found by the whole machine. For the others only the moves that lead to them are made, so
that a few steps are enough.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.database import COMMITTED
from tests.integration.locks import faults
from tests.integration.locks.machine import Machine
from tests.integration.locks.moves_of_patients import PassingMoves
from tests.integration.locks.moves_of_signers import RejectingMoves, SigningMoves, StoppingMoves
from tests.integration.locks.promise import PromiseBroken, marked_drafts
from tests.integration.locks.test_promise import BOUNDS, Promise, PromiseOnPages

pytestmark = COMMITTED

SEEDS = range(4)
FEW_STEPS = settings(BOUNDS, derandomize=False, max_examples=12, stateful_step_count=10)


class Forging(Machine):
    """Drafts are rejected and forged until none is left; then time passes."""

    forge = RejectingMoves.forge
    time_passes = PassingMoves.time_passes


Planted = Callable[[], AbstractContextManager[None]]

PLANTED: dict[str, tuple[type[Machine], Planted, str]] = {
    "a reader that shows drafts": (Promise, faults.a_reader_that_shows_drafts, "through the reader"),
    "a reader that reads everybody": (Promise, faults.a_reader_that_reads_everybody, "through the reader"),
    "a reader that changes words": (Promise, faults.a_reader_that_changes_words, "other words than those"),
    "a message about drafts": (Promise, faults.a_message_about_new_drafts, "through mail"),
    "a page that shows drafts": (
        PromiseOnPages,
        faults.a_page_that_shows_drafts,
        "through portal-coming-soon",
    ),
    "a view that ignores stops": (
        StoppingMoves,
        faults.a_view_that_ignores_stops,
        "reader|plan shows|estimate",
    ),
    "taking back that forgets": (StoppingMoves, faults.taking_back_that_forgets_the_estimate, "The estimate"),
    "no guards at all": (Forging, faults.no_guards_and_a_view_that_asks_nothing, "through the reader"),
    "signing that does not compare": (SigningMoves, faults.signing_that_does_not_compare, "was not shown"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_the_machine_fails_from_every_seed(fault: str) -> None:
    machine, planted, message = PLANTED[fault]
    with marked_drafts(), planted():
        for number in SEEDS:
            with pytest.raises(PromiseBroken, match=message):
                run_state_machine_as_test(seeded(machine, number), settings=FEW_STEPS)


@pytest.mark.parametrize("machine", [StoppingMoves, Forging, SigningMoves])
def test_without_a_fault_the_same_moves_keep_the_promise(machine: type[Machine]) -> None:
    with marked_drafts():
        run_state_machine_as_test(seeded(machine, 0), settings=settings(FEW_STEPS, max_examples=3))


def seeded(machine: type[Machine], number: int) -> type[Machine]:
    """The machine, starting from this seed."""
    return seed(number)(type(f"{machine.__name__}{number}", (machine,), {}))
