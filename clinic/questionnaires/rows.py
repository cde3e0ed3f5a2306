"""What is stored of one filled form: the response, its observation, its entry in the log."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from audit.record import Event
from clinic.actor import Actor
from clinic.clock import local_date
from clinic.keys import Ring
from clinic.models.consent import Source
from clinic.models.imported import ImportedResource
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument, Mode, QuestionnaireResponse
from clinic.questionnaires import scoring
from clinic.questionnaires.catalogue import of_row


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResponse:
    """A filled form. `submission` becomes the response's id, so that the same form is stored once.

    `answers` go by question code; one that is left out or None was not answered. `validated` is None where the
    instrument's file says it: whether its questions in this `language` are validated, and that is the person's own.
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


def response_of(entry: NewResponse, ring: Ring) -> QuestionnaireResponse:
    """The response, its answers sealed, its total by the rule of its own version."""
    definition = of_row(entry.instrument)
    whole = scoring.complete(definition, entry.answers)
    result = scoring.score(definition, whole)
    known = entry.language in definition.validated_languages and _reads(entry)
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


def _reads(entry: NewResponse) -> bool:
    """Whether whoever answered it alone reads its language: else it does not count as validated (SR-15)."""
    return entry.mode != Mode.SELF or entry.patient.language.split("-")[0] == entry.language.split("-")[0]


def observation_of(row: QuestionnaireResponse) -> Observation | None:
    """The total as an observation of the instrument's signal, or None where there is no total or no signal."""
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


def audit_entry_of(row: QuestionnaireResponse, *, by: Actor, at: dt.datetime) -> Event:
    """That a form was sent or corrected: which version, and nothing of what it says."""
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
