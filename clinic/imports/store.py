"""Storing what was taken in, in chunks of bounded size: resources sealed as they came, and what is drawn from them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from clinic.actor import Actor
from clinic.imports import drawn
from clinic.imports.arrivals import Placed
from clinic.imports.drawn import Answered, Fact, Said
from clinic.intake import NewNumber
from clinic.models.imported import ImportedResource

PURPOSE = "imported-resource"
CHUNK_ROWS, CHUNK_LETTERS = 500, 4_000_000
"""A chunk ends with whichever is reached first: its rows are held in memory together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One resource to keep. `content` is what makes it the same resource when it comes again."""

    who: Placed
    resource_type: str
    content: bytes
    body: str
    fact: Fact | None = None
    number: NewNumber | None = None
    answered: Answered | None = None
    said: Said | None = None


class Storage:
    """Takes pieces one by one and writes them chunk by chunk, inside the caller's transaction."""

    def __init__(self, *, batch: UUID, by: Actor, at: dt.datetime) -> None:
        self.batch, self.by, self.at = batch, by, at
        self.new: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self.drawn: Counter[str] = Counter()
        self._waiting: list[Piece] = []
        self._letters = 0

    def add(self, piece: Piece) -> None:
        """Keep this one too."""
        self._waiting.append(piece)
        self._letters += len(piece.body)
        if len(self._waiting) >= CHUNK_ROWS or self._letters >= CHUNK_LETTERS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        pieces, self._waiting, self._letters = self._waiting, [], 0
        if not pieces:
            return
        rows = [self._row(piece) for piece in pieces]
        ImportedResource.objects.bulk_create(rows, batch_size=CHUNK_ROWS, ignore_conflicts=True)
        stored = self._stored(rows)
        kept: list[tuple[Piece, ImportedResource, bool]] = []
        for piece, row in zip(pieces, rows, strict=True):
            pk, batch = stored[_place(row)]
            fresh = pk == row.pk
            if not fresh and batch == self.batch:
                fresh = self._again(row)
                kept.append((replace(piece, number=None, answered=None), row, fresh))
            else:
                row.pk = pk
                kept.append((piece, row, fresh))
            (self.new if fresh else self.known)[piece.resource_type] += 1
        self._draw(kept)

    def _row(self, piece: Piece) -> ImportedResource:
        patient, ring = piece.who.patient, piece.who.ring
        row = ImportedResource(
            pk=uuid4(),
            patient=patient,
            batch_id=self.batch,
            resource_type=piece.resource_type,
            identity=ring.digest(piece.content, patient_id=patient.pk, purpose=PURPOSE),
        )
        row.seal(ring, body=piece.body)
        return row

    def _stored(self, rows: Iterable[ImportedResource]) -> dict[tuple[UUID, str, str], tuple[UUID, UUID]]:
        """The row that stands at each place, with its batch: ours, or one of an earlier import."""
        found = ImportedResource.objects.filter(
            patient__in={row.patient_id for row in rows}, identity__in=[row.identity for row in rows]
        ).values_list("patient_id", "resource_type", "identity", "pk", "batch_id")
        return {(patient, kind, identity): (pk, batch) for patient, kind, identity, pk, batch in found}

    def _again(self, row: ImportedResource) -> bool:
        """Store a resource that this file holds more than once, with a number behind its identity."""
        first, number = row.identity, 2
        while True:
            row.identity = f"{first}-{number}"
            ImportedResource.objects.bulk_create([row], ignore_conflicts=True)
            pk, batch = self._stored([row])[_place(row)]
            if pk == row.pk:
                return True
            if batch != self.batch:
                row.pk = pk
                return False
            number += 1

    def _draw(self, kept: list[tuple[Piece, ImportedResource, bool]]) -> None:
        """What follows from these resources. Numbers and forms are asked for again: consent may have come since."""
        by, at = self.by, self.at
        facts = [(piece.who, piece.fact, row) for piece, row, fresh in kept if piece.fact and fresh]
        numbers = [(piece.who, piece.number, row) for piece, row, _fresh in kept if piece.number]
        forms = [(piece.who, piece.answered, row, fresh) for piece, row, fresh in kept if piece.answered]
        self.drawn["facts"] += drawn.facts(facts, by=by, at=at)
        new, left_out = drawn.numbers(numbers, by=by, at=at)
        answered, unanswered = drawn.responses(forms, by=by, at=at)
        self.drawn.update(
            numbers=new, questionnaires=answered, left_out_without_consent=left_out + unanswered
        )
        for piece, row, fresh in kept:
            if piece.said and fresh:
                self.drawn["signs_of_danger"] += drawn.danger(piece.who, piece.said, row, at=at)


def _place(row: ImportedResource) -> tuple[UUID, str, str]:
    return row.patient_id, row.resource_type, row.identity
