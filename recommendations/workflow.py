"""The life of a suggestion as data: its states, who owns each, which moves exist and what the audit log calls them.

No ORM here. `docs/states.md` is generated from these tables (`./script/manage describe_states`), and a test proves them
complete: every state can be reached, every open state has an owner and a way out, every move has an audit name.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class State(StrEnum):
    """Where a suggestion stands."""

    OPEN = "open"
    DEFERRED = "deferred"
    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Owner(StrEnum):
    """Whose turn it is while a suggestion is in a state."""

    PSYCHOLOGIST = "psychologist"
    CALENDAR = "calendar"
    ANSWERER = "answerer"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Move:
    """One step from a state to another: who may take it and the name of its audit entry."""

    name: str
    source: State | None
    target: State
    by: str
    audit: str


STATES: dict[State, tuple[StrOrPromise, Owner]] = {
    State.OPEN: (_("Waiting for a decision"), Owner.PSYCHOLOGIST),
    State.DEFERRED: (_("Deferred until a day"), Owner.CALENDAR),
    State.ASKED: (_("Waiting for an answer"), Owner.ANSWERER),
    State.APPROVED: (_("Approved and signed"), Owner.NOBODY),
    State.REJECTED: (_("Rejected"), Owner.NOBODY),
    State.WITHDRAWN: (_("Withdrawn before a decision"), Owner.NOBODY),
}

UNDECIDED = (State.OPEN, State.DEFERRED, State.ASKED)
"""Nobody has decided yet: whatever withdraws an open draft withdraws one that was put aside too."""

ASIDE = (State.DEFERRED, State.ASKED)
"""Put aside by a person; it comes back by itself, by an answer, or by hand."""

MOVES: tuple[Move, ...] = (
    Move("draft", None, State.OPEN, "software", "suggestion_drafted"),
    Move("approve", State.OPEN, State.APPROVED, "psychologist", "suggestion_approved"),
    Move("amend", State.OPEN, State.APPROVED, "psychologist", "suggestion_amended"),
    Move("reject", State.OPEN, State.REJECTED, "psychologist", "suggestion_rejected"),
    Move("defer", State.OPEN, State.DEFERRED, "psychologist", "suggestion_deferred"),
    Move("return", State.DEFERRED, State.OPEN, "calendar", "suggestion_returned"),
    Move("bring_back", State.DEFERRED, State.OPEN, "psychologist", "suggestion_brought_back"),
    Move("ask", State.OPEN, State.ASKED, "psychologist", "suggestion_asked"),
    Move("answer", State.ASKED, State.OPEN, "answerer", "suggestion_answered"),
    Move("return", State.ASKED, State.OPEN, "software", "suggestion_returned"),
    Move("bring_back", State.ASKED, State.OPEN, "psychologist", "suggestion_brought_back"),
    Move("withdraw", State.OPEN, State.WITHDRAWN, "software", "suggestion_withdrawn"),
    Move("withdraw", State.DEFERRED, State.WITHDRAWN, "software", "suggestion_withdrawn"),
    Move("withdraw", State.ASKED, State.WITHDRAWN, "software", "suggestion_withdrawn"),
    Move("take_back", State.APPROVED, State.OPEN, "psychologist", "publication_taken_back"),
)


class MoveRefused(Exception):
    """The suggestion is no longer in a state from which this move starts."""


def check_move(name: str, *, state: str) -> Move:
    """The move `name` when it may start from `state`. Raises MoveRefused with a readable sentence."""
    for move in MOVES:
        if move.name == name and move.source == state:
            return move
    raise MoveRefused(f"A suggestion that is {state} cannot be moved by {name}.")
