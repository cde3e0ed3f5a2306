"""The only writer of responses: it reads the safety question first, stores what consent allows, and scores it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from audit.record import record_many
from clinic import consent, keys
from clinic.actor import Actor
from clinic.database.turns import take_turn
from clinic.intake import NotKept
from clinic.keys import Ring
from clinic.models.assignment import AnswersDraft
from clinic.models.consent import Purpose
from clinic.models.danger import DangerReading, TextSource
from clinic.models.observation import Observation
from clinic.models.questionnaire import Mode, QuestionnaireResponse
from clinic.questionnaires import danger, rows, scoring
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.rows import NewResponse
from clinic.safety.alerts import Notice, notice_found
from clinic.safety.ledger.keep import keep, reading
from clinic.safety.levels import Level

__all__ = ["NewResponse", "Recorded", "record_responses"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a form: the row or why there is none, whether it is new, what its safety question called for."""

    response: QuestionnaireResponse | None
    is_new: bool
    not_kept: NotKept | None
    notice: Notice


@transaction.atomic
def record_responses(*, entries: Sequence[NewResponse], by: Actor, at: dt.datetime) -> list[Recorded]:
    """Store forms of any number of patients; a handful of queries, and a few more for each that calls for somebody.

    Nothing is stored without consent to keep its source, or while the key store is away: the outcome says which; the
    safety question is read all the same. Totals become observations of the instrument's signal. Forms that were not
    imported are in the log one by one; an import writes an entry of its own. Raises UnfitAnswer for an answer that the
    instrument does not offer, before anything is stored.
    """
    for entry in entries:
        scoring.complete(of_row(entry.instrument), entry.answers)
    for patient_id in sorted({str(entry.patient.pk) for entry in entries if entry.imported_from is None}):
        take_turn(f"questionnaires of {patient_id}")
    read: list[DangerReading] = []
    notices = [_noticed(entry, read, at=at) for entry in entries]
    keep(read)
    refused, ring = _refusals(entries)
    stored = _stored(entries)
    fresh = {
        entry.submission: entry
        for entry in entries
        if entry.submission not in stored and entry.submission not in refused
    }
    stored |= _store(list(fresh.values()), ring=ring, by=by, at=at)
    return [
        Recorded(
            None if entry.submission in refused else stored[entry.submission],
            entry.submission in fresh,
            refused.get(entry.submission),
            found,
        )
        for entry, found in zip(entries, notices, strict=True)
    ]


def _noticed(entry: NewResponse, read: list[DangerReading], *, at: dt.datetime) -> Notice:
    imported = entry.imported_from is not None
    found = danger.found_in(of_row(entry.instrument), entry.answers, imported=imported)
    source = TextSource.IMPORTED if imported else TextSource.QUESTIONNAIRE
    when = entry.happened_at if imported else at
    if found.level is Level.NONE:
        read.append(reading(entry.patient, found, None, source=source, submission=entry.submission, at=when))
        return Notice(found, None)
    return notice_found(
        patient=entry.patient,
        detection=found,
        submission=entry.submission,
        source=source,
        at=when,
        later=read,
    )


def _stored(entries: Sequence[NewResponse]) -> dict[UUID, QuestionnaireResponse]:
    """Which of these forms are stored already. Somebody else's row of the same id is none of them."""
    owners = {entry.submission: entry.patient.pk for entry in entries}
    rows = QuestionnaireResponse.objects.in_bulk(list(owners))
    return {submission: row for submission, row in rows.items() if row.patient_id == owners[submission]}


def _refusals(entries: Sequence[NewResponse]) -> tuple[dict[UUID, NotKept], Ring]:
    """Why which forms are not stored, and the keys of those that are."""
    patients = {entry.patient.pk for entry in entries}
    agreed = {
        source: consent.patients_who_agreed(patients, source=source, purposes=[Purpose.KEEP])
        for source in {entry.source for entry in entries}
    }
    try:
        ring = keys.ring(patients)
    except keys.KeysUnavailable:
        ring = Ring({})
    found = {}
    for entry in entries:
        if entry.patient.pk not in agreed[entry.source]:
            found[entry.submission] = NotKept.NO_CONSENT
        elif entry.patient.pk not in ring:
            found[entry.submission] = NotKept.NO_KEYS
    return found, ring


def _store(
    entries: Sequence[NewResponse], *, ring: Ring, by: Actor, at: dt.datetime
) -> dict[UUID, QuestionnaireResponse]:
    made = [rows.response_of(entry, ring) for entry in entries]
    QuestionnaireResponse.objects.bulk_create(made, batch_size=1_000)
    corrected = [entry.supersedes.pk for entry in entries if entry.supersedes]
    if corrected:
        Observation.objects.filter(response__in=corrected, superseded_at=None).update(superseded_at=at)
    observations = [each for row in made if (each := rows.observation_of(row))]
    Observation.objects.bulk_create(observations, batch_size=1_000)
    _forget_drafts([entry for entry in entries if entry.imported_from is None])
    record_many([rows.audit_entry_of(row, by=by, at=at) for row in made if row.imported_from_id is None])
    return {row.pk: row for row in made}


def _forget_drafts(sent: Sequence[NewResponse]) -> None:
    """What was saved for later of the forms that are sent now, whichever open page it came from."""
    forms = {
        (entry.patient.pk, entry.instrument.key)
        for entry in sent
        if entry.mode is Mode.SELF and entry.supersedes is None
    }
    for patient_id, key in forms:
        AnswersDraft.objects.filter(patient=patient_id, instrument__key=key).delete()
