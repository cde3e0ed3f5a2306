"""What patients tell of themselves for their profile: read for danger first, in the transaction that stores it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from clinic import keys, profile
from clinic.activities import Mark
from clinic.actor import Actor
from clinic.fact_rows import NewFact
from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.safety.alerts import Notice, notice


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the words: the fact, or None where the key store was away, and what the detector noticed."""

    fact: ProfileFact | None
    notice: Notice


@transaction.atomic
def tell(
    *,
    patient: Patient,
    topic: Topic,
    words: str,
    submission: UUID,
    by: Actor,
    at: dt.datetime,
    mark: Mark | None = None,
) -> Told:
    """Read a patient's words for danger and put them into their profile; a form sent twice makes one fact.

    `mark` is what they ticked that it is about.
    """
    found = notice(patient=patient, text=words, submission=submission, source=TextSource.PROFILE, at=at)
    fact = NewFact(
        topic=topic,
        origin=Origin.PATIENT,
        words=words,
        code=mark.code if mark else "",
        submission=submission,
    )
    try:
        return Told(profile.record(patient=patient, fact=fact, by=by, at=at), found)
    except (keys.KeysUnavailable, keys.CannotOpen):
        return Told(None, found)
