"""Answers that are not sent yet. They are kept sealed, and their safety question is read in the same transaction."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from clinic import consent, keys
from clinic.database.turns import take_turn
from clinic.intake import NotKept
from clinic.keys import CannotOpen, Ring
from clinic.models.assignment import AnswersDraft
from clinic.models.consent import Purpose, Source
from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument, QuestionnaireResponse
from clinic.questionnaires import danger, scoring
from clinic.questionnaires.catalogue import of_row
from clinic.safety.alerts import Notice, notice_found


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What became of answers that are not sent yet, and what their safety question called for."""

    not_kept: NotKept | None
    notice: Notice


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """Answers that were saved earlier, with the id under which they will be sent."""

    submission: UUID
    answers: dict[str, int | None]
    saved_at: dt.datetime


@transaction.atomic
def save_draft(
    *,
    patient: Patient,
    instrument: Instrument,
    submission: UUID,
    answers: Mapping[str, int | None],
    at: dt.datetime,
) -> SavedDraft:
    """Read the safety question and keep the answers for later.

    The alert opens now and not when the form is sent: somebody may answer that question and leave. Nothing is stored
    without consent or keys, or for a form that was sent meanwhile. It is no entry of the log: nothing was said yet.
    """
    definition = of_row(instrument)
    whole = scoring.complete(definition, answers)
    take_turn(f"questionnaires of {patient.pk}")
    found = danger.found_in(definition, whole, sent=False)
    source = TextSource.QUESTIONNAIRE
    notice = notice_found(patient=patient, detection=found, submission=submission, source=source, at=at)
    if QuestionnaireResponse.objects.filter(pk=submission, patient=patient).exists():
        return SavedDraft(None, notice)
    if not consent.agreed(patient, source=Source.QUESTIONNAIRE, purpose=Purpose.KEEP):
        return SavedDraft(NotKept.NO_CONSENT, notice)
    try:
        ring = keys.ring([patient.pk])
        _keep(patient, instrument, submission, whole, ring, at=at)
    except (keys.KeysUnavailable, CannotOpen):
        return SavedDraft(NotKept.NO_KEYS, notice)
    return SavedDraft(None, notice)


def _keep(
    patient: Patient,
    instrument: Instrument,
    submission: UUID,
    whole: Mapping[str, int | None],
    ring: Ring,
    *,
    at: dt.datetime,
) -> None:
    """One draft for each instrument: two open pages write into the same one."""
    row = AnswersDraft.objects.filter(patient=patient, instrument=instrument).first()
    if row is None:
        taken = AnswersDraft.objects.filter(pk=submission).exists()
        row = AnswersDraft(pk=uuid4() if taken else submission, patient=patient, instrument=instrument)
    row.happened_at = at
    row.seal(ring, answers=json.dumps(whole))
    row.save(force_insert=True) if row._state.adding else row.save(update_fields=["answers", "happened_at"])


def draft_of(patient: Patient, instrument: Instrument, ring: Ring | None) -> OpenedDraft | None:
    """The answers that were saved earlier, or None where there are none or they cannot be opened just now."""
    row = AnswersDraft.objects.filter(patient=patient, instrument=instrument).first()
    if row is None or ring is None:
        return None
    try:
        return OpenedDraft(row.pk, json.loads(row.unseal(ring, "answers")), row.happened_at)
    except CannotOpen:
        return None


def begun(patient: Patient) -> set[str]:
    """The instruments of which this patient has answers that are not sent yet."""
    rows = AnswersDraft.objects.filter(patient=patient)
    return set(rows.values_list("instrument__key", flat=True))
