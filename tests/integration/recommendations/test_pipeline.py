"""Readings and drafts from check-ins: the same again for the same inputs, and nothing where AI may not be used."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Observation
from clinic.models.outbox import OutboxMessage
from clinic.models.patient import Patient
from recommendations import permissions, pipeline, tasks
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.readings import latest
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_in, check_ins, screened

pytestmark = ROLLED_BACK

STEADY = (6, 7, 6, 6, 7, 6, 5) * 5


def score(cast: Cast, *, at: dt.datetime = NOW, history: bool = False) -> pipeline.Scored:
    return pipeline.score([cast.patient.pk], at=at, history=history)


@pytest.fixture
def _fallen(cast: Cast) -> None:
    """Every rule that looks for a fall is met and nothing stands against any step."""
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)


@pytest.mark.usefixtures("_fallen")
@pytest.mark.parametrize("history", [False, True])
def test_scoring_twice_stores_and_drafts_once(cast: Cast, history: bool) -> None:
    first = score(cast, history=history)
    assert (first.patients, first.drafts) == (1, 2)
    assert first.readings == (36 if history else 1)
    assert score(cast, history=history) == pipeline.Scored(patients=1, readings=0, drafts=0)
    assert MoodReading.objects.count() == first.readings


@pytest.mark.usefixtures("_fallen")
def test_a_later_run_over_history_stores_only_the_days_that_are_new(cast: Cast) -> None:
    score(cast)
    assert score(cast, history=True).readings == 35


@pytest.mark.usefixtures("_fallen")
def test_the_same_inputs_give_the_same_digests_for_another_person(cast: Cast) -> None:
    check_ins(cast.other_patient)
    pipeline.score([cast.patient.pk, cast.other_patient.pk], at=NOW, history=True)
    mine, others = (
        [
            (row.as_of, bytes(row.inputs_digest), bytes(row.digest), row.level)
            for row in MoodReading.objects.filter(patient=patient).order_by("as_of")
        ]
        for patient in (cast.patient, cast.other_patient)
    )
    assert mine == others
    assert len({digest for _day, _inputs, digest, _level in mine}) > 30


@pytest.mark.usefixtures("_fallen")
def test_a_corrected_check_in_makes_a_new_reading_beside_the_old_one(cast: Cast) -> None:
    score(cast)
    check_in(cast.patient, mood=9, at=NOW + dt.timedelta(minutes=1))
    assert score(cast).readings == 1
    old, new = MoodReading.objects.order_by("id")
    assert old.as_of == new.as_of
    assert bytes(old.inputs_digest) != bytes(new.inputs_digest)
    assert latest([cast.patient.pk])[cast.patient.pk] == new


def test_each_day_is_read_from_that_day_and_earlier_ones_only(cast: Cast) -> None:
    check_ins(cast.patient, STEADY)
    score(cast, history=True)
    before = list(MoodReading.objects.order_by("as_of").values_list("as_of", "level", "digest"))
    check_ins(cast.patient, (1, 1, 1), last=NOW + dt.timedelta(days=3))
    score(cast, at=NOW + dt.timedelta(days=3), history=True)
    after = MoodReading.objects.filter(as_of__lte=NOW.date()).order_by("as_of")
    assert list(after.values_list("as_of", "level", "digest")) == before


@pytest.mark.parametrize(
    ("moods", "days_ago", "reason"),
    [((6,) * 4, 0, "too_few_days"), ((6,) * 20, 4, "gap"), ((6,) * 20, 3, ""), ((6,) * 5, 0, "")],
)
def test_a_reading_is_held_back_with_its_reason(
    cast: Cast, moods: tuple[int, ...], days_ago: int, reason: str
) -> None:
    check_ins(cast.patient, moods, last=NOW - dt.timedelta(days=days_ago))
    score(cast)
    reading = MoodReading.objects.get()
    assert reading.held_back == reason
    assert (reading.level is None) == bool(reason)
    entry = AuditEntry.objects.get(action="readings_held_back" if reason else "reading_scored")
    assert (entry.reason, entry.subject_id) == (reason, str(reading.pk))


def test_without_check_ins_there_is_no_reading(cast: Cast) -> None:
    assert score(cast) == pipeline.Scored(patients=1, readings=0, drafts=0)
    check_in(cast.patient, at=NOW + dt.timedelta(days=2))
    assert score(cast) == pipeline.Scored(patients=1, readings=0, drafts=0)


def test_patients_with_different_dates_are_each_read_on_their_own(cast: Cast) -> None:
    """At 23:30 in London it is tomorrow in Auckland."""
    late = NOW.replace(hour=23, minute=30)
    Patient.objects.filter(pk=cast.other_patient.pk).update(zone="Pacific/Auckland")
    cast.other_patient.refresh_from_db()
    for patient in (cast.patient, cast.other_patient):
        check_ins(patient, STEADY, last=late)
    pipeline.score([cast.patient.pk, cast.other_patient.pk], at=late)
    days = dict(MoodReading.objects.values_list("patient", "as_of"))
    assert days[cast.other_patient.pk] - days[cast.patient.pk] == dt.timedelta(days=1)


@pytest.mark.parametrize("missing", [Purpose.SHARE, Purpose.AI_READINGS])
def test_without_either_consent_nothing_is_read(cast: Cast, missing: Purpose) -> None:
    purposes = tuple(set(Purpose) - {missing})
    patient, _ring = patient_of(cast.treating, "Noor Aziz", sign_in_name="noor", purposes=purposes)
    check_ins(patient)
    screened(patient, cast.treating)
    assert pipeline.score([patient.pk], at=NOW) == pipeline.Scored(patients=0, readings=0, drafts=0)
    assert not MoodReading.objects.exists()
    assert Observation.objects.filter(patient=patient).exists()


@pytest.mark.usefixtures("_fallen")
@pytest.mark.parametrize("everybody", [True, False])
def test_while_ai_is_stopped_nothing_is_read(cast: Cast, everybody: bool) -> None:
    permissions.stop_ai(patient=None if everybody else cast.patient, by=cast.treating, at=NOW)
    assert score(cast) == pipeline.Scored(patients=0, readings=0, drafts=0)
    assert not MoodReading.objects.exists()


@pytest.mark.usefixtures("_fallen")
def test_ai_stopped_for_one_is_not_stopped_for_others(cast: Cast) -> None:
    permissions.stop_ai(patient=cast.other_patient, by=cast.other_psychologist, at=NOW)
    assert score(cast).drafts == 2


@pytest.mark.usefixtures("_fallen")
def test_consent_given_back_asks_for_a_new_reading(cast: Cast) -> None:
    both = {"patient": cast.patient, "source": Source.CHECK_IN, "purpose": Purpose.AI_READINGS}
    score(cast)
    permissions.withdraw_consent(**both, by=cast.as_patient, at=NOW)  # type: ignore[arg-type]
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"withdrawn"}
    OutboxMessage.objects.all().delete()
    permissions.give_consent(**both, by=cast.as_patient, at=NOW)  # type: ignore[arg-type]
    message = OutboxMessage.objects.get()
    assert (message.task, message.arguments) == (
        "recommendations.tasks.score_patients",
        {"patient_ids": [str(cast.patient.pk)]},
    )


def test_everybody_is_asked_for_in_chunks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "CHUNK", 1)
    tasks.score_everybody()
    asked = OutboxMessage.objects.values_list("arguments", flat=True)
    assert sorted(message["patient_ids"] for message in asked) == sorted(
        [[str(patient.pk)] for patient in (cast.patient, cast.other_patient)]
    )


def test_check_ins_that_all_lie_far_back_give_no_reading_and_stop_nobody_elses(cast: Cast) -> None:
    check_ins(cast.patient, STEADY, last=NOW - dt.timedelta(days=200))
    assert score(cast).readings == 0
    check_ins(cast.other_patient, STEADY)
    both = pipeline.score([cast.patient.pk, cast.other_patient.pk], at=NOW)
    assert (both.patients, both.readings) == (2, 1)
