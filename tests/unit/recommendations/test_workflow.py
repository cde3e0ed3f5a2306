"""The tables of a suggestion's life are complete: every state is reached, owned and left, every move is named."""

from itertools import product

import pytest

from audit.actions import ACTIONS
from recommendations.workflow import MOVES, STATES, Move, MoveRefused, Owner, State, check_move


def reachable(moves: tuple[Move, ...]) -> set[State]:
    """The states that can be reached from nothing."""
    found: set[State | None] = {None}
    while more := {move.target for move in moves if move.source in found} - found:
        found |= more
    return {state for state in found if state is not None}


def test_every_state_can_be_reached_and_every_move_joins_known_states() -> None:
    assert reachable(MOVES) == set(STATES) == set(State)
    assert {move.target for move in MOVES} | {move.source for move in MOVES} - {None} <= set(STATES)


def test_a_state_that_is_somebodys_turn_has_a_way_out() -> None:
    for state, (_label, owner) in STATES.items():
        if owner is not Owner.NOBODY:
            assert any(move.source == state and move.by == owner.value for move in MOVES)


def test_a_state_that_cannot_be_reached_would_be_found() -> None:
    assert reachable(tuple(move for move in MOVES if move.name != "reject")) == set(State) - {State.REJECTED}


def test_every_move_has_an_audit_name_and_no_move_starts_twice_from_a_state() -> None:
    assert {move.audit for move in MOVES} <= set(ACTIONS)
    starts = [(move.name, move.source) for move in MOVES]
    assert len(set(starts)) == len(starts)


@pytest.mark.parametrize(("move", "state"), list(product(sorted({move.name for move in MOVES}), State)))
def test_a_move_starts_from_its_own_state_and_from_no_other(move: str, state: State) -> None:
    allowed = [each for each in MOVES if each.name == move and each.source == state]
    if allowed:
        assert check_move(move, state=state) is allowed[0]
    else:
        with pytest.raises(MoveRefused, match=f"is {state} cannot be moved by {move}"):
            check_move(move, state=state)


def test_nothing_leads_from_a_rejection_or_a_withdrawal_to_the_patient() -> None:
    assert not [move for move in MOVES if move.source in {State.REJECTED, State.WITHDRAWN}]
