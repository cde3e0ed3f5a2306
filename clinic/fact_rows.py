"""The rows of the profile: a new fact as it is given, its row with sealed words, and the entry that goes with it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from audit.record import Event, record_many
from clinic.actor import Actor
from clinic.keys import Ring
from clinic.models.imported import ImportedResource
from clinic.models.patient import Patient
from clinic.models.profile import Origin, ProfileFact, Topic


@dataclass(frozen=True, slots=True)
class NewFact:
    """One fact to be recorded. `dated` is the date as its source has it, whole or partial ("2022-02"), or "".

    `submission` becomes the row's id, so that a form sent twice makes one fact. `happened_at` is when it was said or
    written where that is not the moment of recording. `holds` is False for what its source says is over.
    """

    topic: Topic
    origin: Origin
    words: str
    dated: str = ""
    code: str = ""
    submission: UUID = field(default_factory=uuid4)
    imported_from: ImportedResource | None = None
    happened_at: dt.datetime | None = None
    holds: bool = True
    supersedes: ProfileFact | None = None


def row_of(patient: Patient, fact: NewFact, *, by: Actor, at: dt.datetime, ring: Ring) -> ProfileFact:
    """The row of a fact, its words sealed; not stored yet."""
    row = ProfileFact(
        pk=fact.submission,
        patient=patient,
        topic=fact.topic,
        origin=fact.origin,
        code=fact.code,
        dated=fact.dated,
        recorded_by=by.user,
        imported_from=fact.imported_from,
        supersedes=fact.supersedes,
        holds=fact.holds,
        happened_at=fact.happened_at or at,
    )
    row.seal(ring, words=fact.words)
    return row


def store(action: str, rows: Sequence[ProfileFact], *, patient: Patient, by: Actor, at: dt.datetime) -> None:
    """Store rows of one patient, each with its entry in the log."""
    ProfileFact.objects.bulk_create(rows, batch_size=1_000)
    record_many(
        Event(
            action=action,
            at=at,
            by=by.user.pk if by.user else None,
            role=by.role,
            patient_id=patient.pk,
            record_number=patient.record_number,
            subject_kind="profilefact",
            subject_id=str(row.pk),
            facts={"topic": row.topic, "origin": row.origin},
        )
        for row in rows
    )
