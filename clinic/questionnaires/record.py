"""The only writer of responses: it reads the safety question first, stores what consent allows, and scores it."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from audit.record import Event, record_many
from clinic import consent, keys
from clinic.actor import Actor
from clinic.clock import local_date
from clinic.database.turns import take_turn
from clinic.intake import NotKept
from clinic.keys import Ring
from clinic.models.assignment import AnswersDraft
from clinic.models.consent import Purpose, Source
from clinic.models.imported import ImportedResource
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument, Mode, QuestionnaireResponse
from clinic.questionnaires import danger, scoring
from clinic.questionnaires.catalogue import of_row
from clinic.safety.alerts import Notice, notice_found
from clinic.safety.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResponse:
    """A filled form. `submission` becomes the response's id, so that the same form is stored once.

    `answers` go by question code; one that is left out or None was not answered. `validated` is None where the
    instrument's file says it: whether its questions in this `language` are validated.
    """

    submission: UUID
    patient: Patient
    instrument: Instrument
    answers: Mapping[str, int | None]
    happened_at: dt.datetime
    mode: Mode = Mode.SELF
    source: Source = Source.QUESTIONNAIRE
    language: str = "en"
    validated: bool | None = None
    imported_from: ImportedResource | None = None
    supersedes: QuestionnaireResponse | None = None


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
    notices = [_noticed(entry, at=at) for entry in entries]
    refused, ring = _refusals(entries)
    stored = QuestionnaireResponse.objects.in_bulk([entry.submission for entry in entries])
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


def _noticed(entry: NewResponse, *, at: dt.datetime) -> Notice:
    imported = entry.imported_from is not None
    found = danger.found_in(of_row(entry.instrument), entry.answers, imported=imported)
    if found.level is Level.NONE:
        return Notice(found, None)
    when = entry.happened_at if imported else at
    return notice_found(patient=entry.patient, detection=found, submission=entry.submission, at=when)


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
    rows = [_row(entry, ring) for entry in entries]
    QuestionnaireResponse.objects.bulk_create(rows, batch_size=1_000)
    corrected = [entry.supersedes.pk for entry in entries if entry.supersedes]
    if corrected:
        Observation.objects.filter(response__in=corrected, superseded_at=None).update(superseded_at=at)
    observations = [made for row in rows if (made := _observation(row))]
    Observation.objects.bulk_create(observations, batch_size=1_000)
    AnswersDraft.objects.filter(pk__in=[entry.submission for entry in entries]).delete()
    record_many([_audit_entry(row, by=by, at=at) for row in rows if row.imported_from_id is None])
    return {row.pk: row for row in rows}


def _row(entry: NewResponse, ring: Ring) -> QuestionnaireResponse:
    definition = of_row(entry.instrument)
    whole = scoring.complete(definition, entry.answers)
    result = scoring.score(definition, whole)
    known = entry.language in definition.validated_languages
    row = QuestionnaireResponse(
        pk=entry.submission,
        patient=entry.patient,
        instrument=entry.instrument,
        source=entry.source,
        mode=entry.mode,
        language=entry.language,
        validated=known if entry.validated is None else entry.validated,
        total=result.total,
        missing=result.missing,
        safety_state=result.safety,
        happened_at=entry.happened_at,
        zone=entry.patient.zone,
        local_date=local_date(at=entry.happened_at, zone=entry.patient.zone),
        imported_from=entry.imported_from,
        supersedes=entry.supersedes,
    )
    row.seal(ring, answers=json.dumps(whole))
    return row


def _observation(row: QuestionnaireResponse) -> Observation | None:
    signal = of_row(row.instrument).signal
    if row.total is None or signal not in Signal.values:
        return None
    return Observation(
        patient_id=row.patient_id,
        signal=signal,
        source=row.source,
        value=row.total,
        happened_at=row.happened_at,
        local_date=row.local_date,
        response=row,
        imported_from=row.imported_from,
    )


def _audit_entry(row: QuestionnaireResponse, *, by: Actor, at: dt.datetime) -> Event:
    return Event(
        action="questionnaire_corrected" if row.supersedes_id else "questionnaire_answered",
        at=at,
        by=by.user.pk if by.user else None,
        role=by.role,
        patient_id=row.patient_id,
        record_number=row.patient.record_number,
        subject_kind="questionnaireresponse",
        subject_id=str(row.pk),
        facts={"instrument": row.instrument.key, "version": row.instrument.version},
    )
