"""The parts of messages and appointments, each frozen."""

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


@dataclass(frozen=True, slots=True)
class NextAppointment:
    """The next appointment in the patient's own time; `elsewhere` says what the clinic's clocks show, if it differs."""

    appointment_id: UUID
    when: str
    how: str
    elsewhere: str
    words: str
