"""Showing that somebody is the person of a record, beside a code that they hold.

A code on paper can be found, and whoever makes one could use it. The date of birth, or the name where none is known,
is what neither the finder nor an administrator knows. Wrong answers are counted in the transaction that compares them:
five end a code, and ten within a month end the making of new ones.
"""

import datetime as dt
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinic import keys
from clinic.access import NotAllowed
from clinic.models.password_link import WrongProof
from clinic.models.patient import Patient
from clinic.name_words import words_of

MOST_WRONG = 5
"""Wrong answers after which a code opens nothing any more."""

MOST_WRONG_OF_ALL = 10
"""Wrong answers with all codes of one account or record within `SPAN`, after which no new code is made."""

SPAN = dt.timedelta(days=30)


class Ask(StrEnum):
    """What is asked for."""

    IF_IN_CARE = "if_in_care"
    BIRTH_DATE = "birth_date"
    NAME = "name"


def asked_of(patient: Patient) -> Ask:
    """What this record can be compared with. Raises KeysUnavailable and CannotOpen."""
    if patient.unseal(keys.ring([patient.pk]), "birth_date"):
        return Ask.BIRTH_DATE
    return Ask.NAME


def fits(patient: Patient, *, birth_date: dt.date | None, name: str = "") -> bool:
    """Whether somebody said what the record holds: the date of birth, else the name in any order of its words."""
    ring = keys.ring([patient.pk])
    if born := patient.unseal(ring, "birth_date"):
        return birth_date is not None and birth_date.isoformat() == born
    known = words_of(patient.unseal(ring, "name"))
    return bool(known) and words_of(name) == known


def wrong(code_digest: str) -> int:
    """How many wrong answers came with this code.

    A query of its own: a part of the query that waited for a lock would still hold what was true before.
    """
    return WrongProof.objects.filter(code_digest=code_digest).count()


def left(code_digest: str) -> int:
    """How many more wrong answers this code bears; 0 where it is over."""
    return max(0, MOST_WRONG - wrong(code_digest))


def count_wrong(code_digest: str, *, at: dt.datetime) -> int:
    """Count a wrong answer; returns how many more the code bears. The caller holds the code's row."""
    WrongProof.objects.create(code_digest=code_digest, happened_at=at)
    return left(code_digest)


def check_not_guessed(digests: QuerySet[Any, str], *, at: dt.datetime) -> None:
    """Raises NotAllowed where the codes of these digests met too many wrong answers for another one to be made."""
    wrong = WrongProof.objects.filter(code_digest__in=digests, happened_at__gt=at - SPAN).count()
    if wrong >= MOST_WRONG_OF_ALL:
        raise NotAllowed(
            _(
                "No code was made: there were too many wrong answers to who the person is. Somebody may be guessing. "
                "A new one can be made 30 days after the first of them."
            )
        )
