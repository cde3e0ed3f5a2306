"""Check-ins on their way in: every text is read for danger first, and nothing is stored without consent."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.record import Event, record_many
from clinic import ai, consent, keys
from clinic.actor import Actor
from clinic.clock import local_date
from clinic.database.turns import take_turn
from clinic.intake.refusals import NotKept
from clinic.keys import Ring
from clinic.models.consent import Purpose, Source
from clinic.models.danger import DangerReading, TextSource
from clinic.models.observation import CheckIn, Observation, Signal
from clinic.models.patient import Patient
from clinic.outbox import enqueue
from clinic.safety.alerts import Notice, notice
from clinic.safety.ledger.keep import keep

LONGEST_NOTE = 10_000
"""Characters of a note. Long enough for several pages; a limit keeps one form from filling the disk."""

FEELINGS: dict[str, StrOrPromise] = {
    "calm": _("Calm"),
    "content": _("Content"),
    "hopeful": _("Hopeful"),
    "connected": _("Connected"),
    "tired": _("Tired"),
    "anxious": _("Anxious"),
    "sad": _("Sad"),
    "angry": _("Angry"),
    "lonely": _("Lonely"),
    "numb": _("Numb"),
}


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """What a patient entered. `submission` is chosen by the form and becomes the check-in's id."""

    submission: UUID
    mood: int
    feelings: tuple[str, ...]
    note: str
    happened_at: dt.datetime
    supersedes: CheckIn | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a check-in: the row or why there is none, whether it is new, what the detector noticed."""

    check_in: CheckIn | None
    is_new: bool
    not_kept: NotKept | None
    notice: Notice


def record_check_in(*, patient: Patient, entry: NewCheckIn, by: Actor, at: dt.datetime) -> Outcome:
    """Read one check-in for danger and store it, in one transaction."""
    return record_check_ins(patient=patient, entries=[entry], by=by, at=at)[0]


@transaction.atomic
def record_check_ins(
    *, patient: Patient, entries: Sequence[NewCheckIn], by: Actor, at: dt.datetime
) -> list[Outcome]:
    """Read check-ins of one patient for danger and store those that are new; a handful of queries for any number.

    Nothing is stored without consent to keep check-ins, or while the key store is away: the outcome says which.
    Scoring is asked for through the outbox where AI may be used. Forms of one patient take turns, so that one sent
    twice at the same moment is stored once and answered twice.
    """
    take_turn(f"check-ins of {patient.pk}")
    read: list[DangerReading] = []
    outcomes = _record(patient, entries, _notices(patient, entries, read, at=at), by=by, at=at)
    keep(read)
    return outcomes


def _record(
    patient: Patient, entries: Sequence[NewCheckIn], notices: Sequence[Notice], *, by: Actor, at: dt.datetime
) -> list[Outcome]:
    refused, ring = _may_keep(patient)
    if ring is None:
        return [Outcome(None, False, refused, found) for found in notices]
    stored = _stored(patient, entries)
    fresh = [entry for entry in entries if entry.submission not in stored]
    stored |= _store(patient, fresh, ring=ring, by=by, at=at)
    fresh_ids = {entry.submission for entry in fresh}
    return [
        Outcome(stored[entry.submission], entry.submission in fresh_ids, None, found)
        for entry, found in zip(entries, notices, strict=True)
    ]


def _notices(
    patient: Patient, entries: Sequence[NewCheckIn], read: list[DangerReading], *, at: dt.datetime
) -> list[Notice]:
    """What was noticed in each note; what was read goes into `read`, to be kept together."""
    source = TextSource.CHECK_IN
    return [
        notice(patient=patient, text=each.note, submission=each.submission, source=source, later=read, at=at)
        for each in entries
    ]


def _may_keep(patient: Patient) -> tuple[NotKept | None, Ring | None]:
    if not consent.agreed(patient, source=Source.CHECK_IN, purpose=Purpose.KEEP):
        return NotKept.NO_CONSENT, None
    try:
        ring = keys.ring([patient.pk])
    except keys.KeysUnavailable:
        return NotKept.NO_KEYS, None
    return (None, ring) if patient.pk in ring else (NotKept.NO_KEYS, None)


def _stored(patient: Patient, entries: Sequence[NewCheckIn]) -> dict[UUID, CheckIn]:
    mine = CheckIn.objects.filter(patient=patient)
    return mine.in_bulk([entry.submission for entry in entries])


def _store(
    patient: Patient, entries: Sequence[NewCheckIn], *, ring: Ring, by: Actor, at: dt.datetime
) -> dict[UUID, CheckIn]:
    check_ins = [_check_in(patient, entry, ring) for entry in entries]
    CheckIn.objects.bulk_create(check_ins)
    corrected = [entry.supersedes.pk for entry in entries if entry.supersedes]
    Observation.objects.filter(check_in__in=corrected, superseded_at=None).update(superseded_at=at)
    Observation.objects.bulk_create(
        _observation(check_in, entry) for check_in, entry in zip(check_ins, entries, strict=True)
    )
    record_many([_audit_entry(patient, check_in, by=by, at=at) for check_in in check_ins])
    if check_ins and ai.ai_allowed(ai.Function.MOOD_READING, patient):
        enqueue("recommendations.tasks.score_patients", patient_ids=[str(patient.pk)])
    return {check_in.pk: check_in for check_in in check_ins}


def _check_in(patient: Patient, entry: NewCheckIn, ring: Ring) -> CheckIn:
    check_in = CheckIn(
        pk=entry.submission,
        patient=patient,
        happened_at=entry.happened_at,
        zone=patient.zone,
        local_date=local_date(at=entry.happened_at, zone=patient.zone),
        supersedes=entry.supersedes,
    )
    feelings = json.dumps(entry.feelings) if entry.feelings else ""
    check_in.seal(ring, feelings=feelings, note=entry.note)
    return check_in


def _observation(check_in: CheckIn, entry: NewCheckIn) -> Observation:
    return Observation(
        patient_id=check_in.patient_id,
        signal=Signal.MOOD,
        source=Source.CHECK_IN,
        value=entry.mood,
        happened_at=check_in.happened_at,
        local_date=check_in.local_date,
        check_in=check_in,
    )


def _audit_entry(patient: Patient, check_in: CheckIn, *, by: Actor, at: dt.datetime) -> Event:
    return Event(
        action="check_in_corrected" if check_in.supersedes_id else "check_in_saved",
        at=at,
        by=by.user.pk if by.user else None,
        role=by.role,
        patient_id=patient.pk,
        record_number=patient.record_number,
        subject_kind="checkin",
        subject_id=str(check_in.pk),
    )
