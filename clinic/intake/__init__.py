"""Intake: the only writer of check-ins and of the numbers of signals. It stores nothing without consent, and reads
every text for danger first, whatever consent says."""

from clinic.intake.check_ins import (
    FEELINGS,
    LONGEST_NOTE,
    NewCheckIn,
    Outcome,
    record_check_in,
    record_check_ins,
)
from clinic.intake.numbers import Kept, NewNumber, NotTaken, record_observations
from clinic.intake.refusals import NotKept

__all__ = [
    "FEELINGS",
    "LONGEST_NOTE",
    "Kept",
    "NewCheckIn",
    "NewNumber",
    "NotKept",
    "NotTaken",
    "Outcome",
    "record_check_in",
    "record_check_ins",
    "record_observations",
]
