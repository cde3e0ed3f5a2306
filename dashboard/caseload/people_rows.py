"""The rows of the caseload: one query for each kind of thing, whatever the number of patients."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import ai, consent
from clinic.clock import local_date
from clinic.keys import Ring
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.people import Identity
from dashboard.caseload.reading import ReadingWords, has_little_data, reading_words
from dashboard.caseload.sparks import spark_of
from dashboard.caseload.turns import Tag
from dashboard.figures.sparkline import Sparkline
from recommendations import queue, readings
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn
from recommendations.words import WordsChanged, draft_title


@dataclass(frozen=True, slots=True)
class DraftLink:
    """One open draft of a patient."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient of the caseload. `spark` is None where check-ins are not shared, `reading` where AI is not used."""

    name: str
    detail: str
    url: str
    spark: Sparkline | None
    reading: ReadingWords | None
    without: str
    drafts: tuple[DraftLink, ...]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the rows of one page are made from."""

    shared: set[UUID]
    allowed: set[UUID]
    moods: Mapping[UUID, Sequence[tuple[dt.date, float]]]
    readings: Mapping[UUID, MoodReading]
    drafts: Mapping[UUID, Sequence[Suggestion]]


def rows_of(
    shown: Sequence[Identity], caseload: Mapping[UUID, Patient], ring: Ring, *, by: User, at: dt.datetime
) -> list[PatientRow]:
    """The rows of these patients: six queries."""
    found = _found({person.patient_id for person in shown}, by=by, at=at)
    return [_row(person, caseload[person.patient_id], found, ring, at=at) for person in shown]


def _found(ids: set[UUID], *, by: User, at: dt.datetime) -> _Found:
    shared = consent.patients_who_agreed(ids, source=Source.CHECK_IN, purposes=[Purpose.SHARE])
    allowed = ai.allowed_patients(ai.Function.MOOD_READING, ids)
    drafts: dict[UUID, list[Suggestion]] = defaultdict(list)
    for draft in turn.undecided(by, at=at).order_by("waiting_since", "id").filter(patient__in=allowed):
        drafts[draft.patient_id].append(draft)
    return _Found(
        shared=shared,
        allowed=allowed,
        moods=queue.daily_moods(shared, since=at.date() - dt.timedelta(days=queue.SPARK_DAYS)),
        readings=readings.latest(allowed),
        drafts=drafts,
    )


def _row(person: Identity, patient: Patient, found: _Found, ring: Ring, *, at: dt.datetime) -> PatientRow:
    pk, number = patient.pk, patient.record_number
    reading = found.readings.get(pk)
    today = local_date(at=at, zone=patient.zone)
    shared, allowed = pk in found.shared, pk in found.allowed
    spark = spark_of(found.moods.get(pk, ()), today=today, reading=reading) if shared else None
    return PatientRow(
        name=person.name,
        detail=" · ".join(str(part) for part in (person.age, number) if part is not None),
        url=reverse("patient", args=[number]),
        spark=spark,
        reading=reading_words(reading) if allowed else None,
        without="" if allowed else _("AI is not used") if shared else _("Check-ins are not shared"),
        drafts=tuple(_link(draft, number, ring) for draft in found.drafts.get(pk, ())),
        tags=(Tag(_("Little data"), "warn"),) if has_little_data(reading) else (),
    )


def _link(draft: Suggestion, number: str, ring: Ring) -> DraftLink:
    try:
        title = draft_title(draft, ring)
    except WordsChanged:
        title = _("A draft whose words cannot be opened")
    return DraftLink(title, reverse("draft", args=[number, draft.pk]))
