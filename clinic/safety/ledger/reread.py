"""Reading past notes again with the rules and the classifier as installed: only where consent and key allow it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from clinic import consent, keys
from clinic.keys import CannotOpen, Ring
from clinic.models.consent import Purpose, Source
from clinic.models.danger import DangerReading, TextSource
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.detect import detect
from clinic.safety.ledger.changes import Text
from clinic.safety.ledger.outcomes import Judged, judged, with_acts
from clinic.safety.thresholds import Thresholds

PURPOSES = (Purpose.SHARE, Purpose.AI_READINGS)


@dataclass(slots=True)
class Skipped:
    """What was not read again: people who did not agree, and notes that no key opens."""

    not_agreed: int = 0
    no_key: int = 0

    @property
    def facts(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def texts_of(patients: Sequence[Patient], thresholds: Thresholds, skipped: Skipped) -> Iterator[Text]:
    """The notes of these patients, each with its level then and now. Raises KeysUnavailable: it is tried again later.

    A handful of queries for all of them.
    """
    by_id = {patient.pk: patient for patient in patients}
    agreed = consent.patients_who_agreed(by_id, source=Source.CHECK_IN, purposes=PURPOSES)
    skipped.not_agreed += len(by_id) - len(agreed)
    ring = keys.ring(agreed)
    before, acted_on = _then(agreed)
    notes = CheckIn.objects.filter(patient__in=agreed, note__isnull=False).order_by("patient", "happened_at")
    for check_in in notes.iterator(chunk_size=500):
        words = _opened(check_in, ring)
        if words is None:
            skipped.no_key += 1
            continue
        found = detect(words, language=by_id[check_in.patient_id].language, thresholds=thresholds)
        yield Text(
            before=before.get(check_in.pk, 0),
            after=int(found.level),
            category=found.categories[0] if found.categories else "",
            acted_on=acted_on.get(check_in.pk, ""),
            person=check_in.patient_id,
        )


def _opened(check_in: CheckIn, ring: Ring) -> str | None:
    try:
        return check_in.unseal(ring, "note")
    except CannotOpen:
        return None


def _then(patients: set[UUID]) -> tuple[dict[UUID, int], dict[UUID, str]]:
    """By form: the level that its note had then, and the alert that somebody acted on.

    What else was entered with a note, such as a report about a step, opened its own alerts: those are not the note's.
    """
    level: dict[UUID, int] = defaultdict(int)
    elsewhere: set[UUID] = set()
    read = DangerReading.objects.filter(patient__in=patients).order_by()
    for submission, source, alert, found in read.values_list("submission", "source", "alert_id", "level"):
        if source == TextSource.CHECK_IN:
            level[submission] = max(level[submission], found)
        elif alert is not None:
            elsewhere.add(alert)
    alerts = list(
        SafetyAlert.objects.filter(patient__in=patients).values_list("pk", "submission", "level", "outcome")
    )
    acted = with_acts(alert for alert, _form, _level, outcome in alerts if outcome)
    acted_on: dict[UUID, str] = {}
    for alert, submission, found, outcome in alerts:
        if alert in elsewhere:
            continue
        level[submission] = max(level[submission], found)
        if judged(outcome, was_acted=alert in acted) is Judged.ACTED:
            acted_on[submission] = str(alert)
    return level, acted_on
