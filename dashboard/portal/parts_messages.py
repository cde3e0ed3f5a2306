"""The parts of the page of messages, each frozen."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MessageFields:
    """The form of a message as it is drawn; `readers` says who reads it and when, before anything is typed."""

    submission: UUID
    words: str
    error: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of the conversation. `state` says whether it was read; `opened`: its words could be opened."""

    mine: bool
    who: str
    when: str
    words: str
    state: str
    opened: bool
    is_new: bool
