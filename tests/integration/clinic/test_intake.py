"""Check-ins on their way in: read for danger first, stored once, with consent, under the patient's own key."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEntry
from clinic import consent, intake, keys
from clinic.actor import Actor
from clinic.intake import NewCheckIn, NotKept, Outcome, check_ins
from clinic.models.consent import Purpose, Source
from clinic.models.observation import CheckIn, Observation
from clinic.models.outbox import OutboxMessage
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from recommendations import permissions
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.waiting import until

DANGER = "I want to kill myself"


def entered(**changes: object) -> NewCheckIn:
    entry = NewCheckIn(uuid4(), mood=6, feelings=("calm", "tired"), note="Rain again", happened_at=NOW)
    return replace(entry, **changes)  # type: ignore[arg-type]


def record(cast: Cast, entry: NewCheckIn, *, at: dt.datetime = NOW) -> Outcome:
    return intake.record_check_in(patient=cast.patient, entry=entry, by=cast.as_patient, at=at)


@ROLLED_BACK
def test_a_check_in_is_kept_sealed_with_its_zone_and_local_date(cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(zone="Pacific/Auckland")
    cast.patient.refresh_from_db()
    late = NOW.replace(hour=22)
    outcome = record(cast, entered(happened_at=late))
    row = CheckIn.objects.get()
    assert (outcome.check_in, outcome.is_new, outcome.not_kept) == (row, True, None)
    assert (row.zone, row.local_date) == ("Pacific/Auckland", late.date() + dt.timedelta(days=1))
    assert row.unseal(cast.ring, "note") == "Rain again"
    assert row.unseal(cast.ring, "feelings") == '["calm", "tired"]'
    assert b"Rain" not in bytes(row.note or b"")
    observation = Observation.objects.get()
    assert (observation.value, observation.local_date, observation.check_in) == (6, row.local_date, row)


@ROLLED_BACK
def test_the_audit_entry_of_a_check_in_says_that_it_was_made_and_not_what_it_says(cast: Cast) -> None:
    record(cast, entered())
    entry = AuditEntry.objects.get(action="check_in_saved")
    assert (entry.patient_id, entry.actor_id) == (cast.patient.pk, cast.patient.user_id)
    assert "Rain" not in str(AuditEntry.objects.values().get(pk=entry.pk))


@ROLLED_BACK
@pytest.mark.parametrize("mood", [0, 10])
def test_the_ends_of_the_scale_are_kept(cast: Cast, mood: int) -> None:
    record(cast, entered(mood=mood))
    assert Observation.objects.get().value == mood


@ROLLED_BACK
@pytest.mark.parametrize("mood", [-1, 11])
def test_a_mood_outside_the_scale_is_refused_by_the_database(cast: Cast, mood: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record(cast, entered(mood=mood))
    assert not CheckIn.objects.exists()


@ROLLED_BACK
def test_a_form_sent_twice_is_one_check_in_and_one_alert(cast: Cast) -> None:
    entry = entered(note=DANGER)
    first, second = record(cast, entry), record(cast, entry)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.check_in == second.check_in
    assert first.notice.alert == second.notice.alert == SafetyAlert.objects.get()
    asked = sorted(OutboxMessage.objects.values_list("task", flat=True))
    assert asked == ["recommendations.tasks.look_again", "recommendations.tasks.score_patients"]


@COMMITTED
@pytest.mark.parametrize("note", ["", DANGER])
def test_a_form_sent_twice_at_the_same_moment_is_stored_once_and_answered_twice(
    cast: Cast, note: str
) -> None:
    entry = entered(note=note)
    answers = at_once(*[lambda: record(cast, entry)] * 3)
    assert errors(answers) == []
    assert sorted(answer.is_new for answer in answers) == [False, False, True]
    assert CheckIn.objects.count() == 1
    assert SafetyAlert.objects.count() == (1 if note else 0)


@COMMITTED
def test_without_taking_turns_such_a_form_would_fail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_ins, "take_turn", lambda name: None)
    store = check_ins._stored
    seen: list[object] = []

    def together(*args: object) -> object:
        found = store(*args)  # type: ignore[arg-type]
        seen.append(found)
        until(lambda: len(seen) >= 2, seconds=10, what="both forms were looked up")
        return found

    monkeypatch.setattr(check_ins, "_stored", together)
    entry = entered()
    (late,) = errors(at_once(*[lambda: record(cast, entry)] * 2))
    assert isinstance(late, DatabaseError)


@ROLLED_BACK
def test_a_correction_supersedes_and_nothing_is_overwritten(cast: Cast) -> None:
    first = record(cast, entered(mood=2)).check_in
    later = NOW + dt.timedelta(minutes=5)
    record(cast, entered(mood=7, supersedes=first), at=later)
    old, new = Observation.objects.order_by("id")
    assert (old.value, old.superseded_at) == (2, later)
    assert (new.value, new.superseded_at) == (7, None)
    assert CheckIn.objects.count() == 2
    assert AuditEntry.objects.filter(action="check_in_corrected").count() == 1


@ROLLED_BACK
def test_without_consent_nothing_is_stored_and_danger_is_noticed_all_the_same(cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.KEEP, by=cast.as_patient, at=NOW
    )
    outcome = record(cast, entered(note=DANGER))
    assert (outcome.check_in, outcome.not_kept) == (None, NotKept.NO_CONSENT)
    assert not CheckIn.objects.exists()
    assert not Observation.objects.exists()
    assert outcome.notice.alert == SafetyAlert.objects.get()


@ROLLED_BACK
def test_without_the_key_store_an_alert_opens_without_its_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(ids: object) -> object:
        raise keys.KeysUnavailable("away")

    monkeypatch.setattr(keys, "ring", away)
    outcome = record(cast, entered(note=DANGER))
    assert (outcome.check_in, outcome.not_kept) == (None, NotKept.NO_KEYS)
    assert not CheckIn.objects.exists()
    alert = SafetyAlert.objects.get()
    assert (alert.words, outcome.notice.detection.level) == (None, alert.level)


@ROLLED_BACK
def test_a_destroyed_key_stores_nothing_and_opens_the_alert(cast: Cast) -> None:
    keys.destroy(patient_id=cast.patient.pk)
    outcome = record(cast, entered(note=DANGER))
    assert outcome.not_kept is NotKept.NO_KEYS
    assert SafetyAlert.objects.get().words is None


@ROLLED_BACK
def test_scoring_is_asked_for_only_where_ai_may_be_used(cast: Cast) -> None:
    record(cast, entered())
    message = OutboxMessage.objects.get()
    assert message.arguments == {"patient_ids": [str(cast.patient.pk)]}
    message.delete()
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    record(cast, entered())
    assert not OutboxMessage.objects.exists()
    assert CheckIn.objects.count() == 2


@ROLLED_BACK
def test_check_ins_of_another_patient_are_not_this_ones(cast: Cast) -> None:
    """A form's id that belongs to somebody else's check-in neither shows nor replaces it."""
    entry = entered()
    record(cast, entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        intake.record_check_in(
            patient=cast.other_patient,
            entry=entry,
            by=Actor(cast.other_patient.user, "patient"),
            at=NOW,
        )
    assert CheckIn.objects.get().patient == cast.patient
