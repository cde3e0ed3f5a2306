"""The time of an appointment, as a form or a program says it."""

import datetime as dt
from dataclasses import dataclass

from clinic.models.user import User


@dataclass(frozen=True, slots=True)
class Slot:
    """When, how long, with whom and how; `words` may say where. `zone` is the one whose clocks were meant."""

    day: dt.date
    time: dt.time
    zone: str
    minutes: int
    held_by: User
    place: str
    words: str = ""
