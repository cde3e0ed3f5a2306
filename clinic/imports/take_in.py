"""Taking in one file: everything that it holds, in one transaction, or nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit.facts import Fact
from audit.record import Event, record_many
from clinic import ai, keys
from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.imports import consents
from clinic.imports.arrivals import Arrival, Placed, place
from clinic.imports.refused import ImportRefused, Reason
from clinic.imports.store import Piece, Storage
from clinic.models.consent import Source
from clinic.models.imported import ImportBatch
from clinic.models.patient import Patient
from clinic.outbox import enqueue

Pieces = Callable[[Mapping[str, Placed]], Iterator[Piece]]
"""Given the record of each person of a file, the pieces to keep, one after the other."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file. `people` are those whom it names; without any it is all about the patient `into`."""

    format: str
    digest: str
    people: Mapping[str, Arrival]
    into: Patient | None
    pieces: Pieces
    consent_record: str = ""
    unused: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    people: tuple[Placed, ...]
    new: Counter[str]
    known: Counter[str]
    drawn: Counter[str]
    unused: Counter[str]
    consents: int
    batch: UUID | None


SCORED_TOGETHER = 500
EVERYBODY = ""
"""The key of the one person whom a file without people is about."""


def take_in(*, parcel: Parcel, by: Actor, at: dt.datetime, dry_run: bool = False) -> Taken:
    """Store a file, or nothing of it. Raises ImportRefused with every reason.

    With `dry_run` all is done and undone again. The keys of people who were new are destroyed with whatever failed.
    """
    made: list[Placed] = []
    try:
        with transaction.atomic():
            taken = _take_in(parcel, made, by=by, at=at)
            transaction.set_rollback(dry_run)
    except BaseException:
        _forget(made)
        raise
    if dry_run:
        _forget(made)
    return taken


def _forget(people: list[Placed]) -> None:
    for each in people:
        if each.is_new:
            keys.destroy(patient_id=each.patient.pk)


def _take_in(parcel: Parcel, made: list[Placed], *, by: Actor, at: dt.datetime) -> Taken:
    placed = {}
    for key, each in _people(parcel, by=by, at=at):
        placed[key] = each
        made.append(each)
    people = list({each.patient.pk: each for each in placed.values()}.values())
    for patient_id in sorted(str(each.patient.pk) for each in people):
        take_turn(f"imports of {patient_id}")
    consents.check_may_keep(people, Source.IMPORTED)
    storage = Storage(batch=uuid4(), by=by, at=at)
    given = 0
    if parcel.consent_record:
        given = consents.write_down(
            people, Source.IMPORTED, reference=parcel.consent_record, batch=storage.batch, by=by, at=at
        )
    for piece in parcel.pieces(placed):
        storage.add(piece)
    storage.flush()
    taken = Taken(
        people=tuple(people),
        new=storage.new,
        known=storage.known,
        drawn=storage.drawn,
        unused=parcel.unused,
        consents=given,
        batch=storage.batch if storage.new or given else None,
    )
    _write_batch(parcel, taken, by=by, at=at)
    if storage.drawn["numbers"]:
        score_again([each.patient.pk for each in people])
    return taken


def _people(parcel: Parcel, *, by: Actor, at: dt.datetime) -> Iterator[tuple[str, Placed]]:
    if parcel.people:
        yield from place(parcel.people, into=parcel.into, by=by, at=at)
    elif parcel.into is not None:
        yield EVERYBODY, of_record(parcel.into)


def score_again(patients: Sequence[UUID]) -> None:
    """Ask for new readings of those for whom AI may be used."""
    allowed = sorted(str(pk) for pk in ai.allowed_patients(ai.Function.MOOD_READING, patients))
    for start in range(0, len(allowed), SCORED_TOGETHER):
        enqueue("recommendations.tasks.score_patients", patient_ids=allowed[start : start + SCORED_TOGETHER])


def of_record(patient: Patient) -> Placed:
    """A patient whose record is known, with the key. Raises ImportRefused where it does not open."""
    ring = keys.ring([patient.pk])
    if patient.pk not in ring:
        raise ImportRefused([Reason(patient.record_number, _("The key of this record does not open."))])
    return Placed(patient, ring, is_new=False)


def _write_batch(parcel: Parcel, taken: Taken, *, by: Actor, at: dt.datetime) -> None:
    """The row of the file, where anything of it is new, and one audit entry for each person."""
    counts = {"new": dict(taken.new), "known": dict(taken.known), "unused": dict(taken.unused)}
    if taken.batch:
        ImportBatch.objects.create(
            pk=taken.batch,
            format=parcel.format,
            content_digest=keys.index(bytes.fromhex(parcel.digest), purpose="import-file"),
            counts=counts | {"drawn": dict(taken.drawn)},
            imported_by=by.user,
            happened_at=at,
        )
    facts: dict[str, Fact] = {
        "format": parcel.format,
        "people": len(taken.people),
        "new": taken.new.total(),
        "known": taken.known.total(),
        "unused": taken.unused.total(),
        "consents": taken.consents,
    }
    write_entries(taken.people, taken.batch, facts, by=by, at=at)


def write_entries(
    people: Iterable[Placed], batch: UUID | None, facts: Mapping[str, Fact], *, by: Actor, at: dt.datetime
) -> None:
    """One audit entry for each person: that records came in, with counts and no word of them."""
    record_many(
        Event(
            action="records_imported",
            at=at,
            by=by.user.pk if by.user else None,
            role=by.role,
            patient_id=each.patient.pk,
            record_number=each.patient.record_number,
            subject_kind="importbatch" if batch else "",
            subject_id=str(batch or ""),
            facts=facts,
        )
        for each in people
    )


def write_refusal(
    *, format: str, reasons: int, by: Actor, at: dt.datetime, patient: Patient | None = None
) -> None:
    """Put into the audit log that a file was refused."""
    with transaction.atomic():
        log("import_refused", by=by, at=at, patient=patient, facts={"format": format, "reasons": reasons})
