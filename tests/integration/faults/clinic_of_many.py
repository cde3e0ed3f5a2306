"""Patients to be scored by a real worker, and what must hold after it has scored them."""

import datetime as dt
from collections import Counter

from audit.models import AuditEntry
from clinic import outbox
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from clinic.models.patient import Patient
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from tests.cast import Cast, patient_of
from tests.factories import FALLING, check_ins, screened

SCORED = "reading_scored"


def patients_with_check_ins(cast: Cast, count: int) -> list[Patient]:
    """`count` patients whose mood fell lately, up to today; nothing waits in the outbox."""
    at = now()
    made = []
    for number in range(count):
        patient, _ = patient_of(
            cast.treating,
            f"Patient {number}",
            sign_in_name=f"patient-{number}",
            at=at - dt.timedelta(days=40),
        )
        check_ins(patient, FALLING, last=at)
        screened(patient, cast.treating, at=at)
        made.append(patient)
    OutboxMessage.objects.all().delete()
    return made


def ask_for(patients: list[Patient]) -> None:
    """One message for all of them, as the nightly task writes it."""
    ids = [str(patient.pk) for patient in patients]
    outbox.enqueue("recommendations.tasks.score_patients", patient_ids=ids)


def readings() -> Counter[tuple[str, dt.date]]:
    """How many readings there are of each patient and day."""
    rows = MoodReading.objects.values_list("patient__record_number", "as_of")
    return Counter((number, day) for number, day in rows)


def entries() -> Counter[str]:
    """How many scored readings the audit log has of each record number."""
    return Counter(AuditEntry.objects.filter(action=SCORED).values_list("record_number", flat=True))


def drafts() -> Counter[tuple[str, str]]:
    """How many drafts there are of each patient and intervention."""
    return Counter(Suggestion.objects.values_list("patient__record_number", "code"))


def assert_scored_once(patients: list[Patient]) -> None:
    """Each of them has one reading of the day, one audit entry about it and one draft of each kind; nobody else."""
    numbers = {patient.record_number for patient in patients}
    assert {number for number, _ in readings()} == numbers
    assert set(readings().values()) == {1}
    days = Counter(number for number, _ in readings())
    assert entries() == days
    assert {number for number, _ in drafts()} == numbers
    assert set(drafts().values()) == {1}
