"""Messages: kept once, sealed, read by the other side once, and read for danger whatever becomes of them."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from clinic import access, keys, messages
from clinic.actor import Actor
from clinic.messages import MOST_OF_A_PATIENT, NotSent
from clinic.models.care import CareRelationship
from clinic.models.message import Message
from clinic.models.safety import SafetyAlert
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import written, wrote

pytestmark = ROLLED_BACK

URGENT = "I want to die"


def end_all_care(cast: Cast) -> None:
    for care in CareRelationship.objects.filter(patient=cast.patient):
        access.end_care(care=care, by=cast.administrator, at=NOW)


def test_the_database_holds_no_word_of_a_message(cast: Cast) -> None:
    message = wrote(cast.patient, "Only the two of us read this.").message
    assert message is not None
    assert message.unseal(cast.ring, "words") == "Only the two of us read this."
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(m)::text FROM clinic_message m")
        assert "Only" not in cursor.fetchone()[0]


def test_a_form_sent_twice_is_one_message(cast: Cast) -> None:
    form = uuid4()
    outcomes = [
        messages.write(patient=cast.patient, words="Hello.", submission=form, by=cast.as_patient, at=NOW)
        for _ in range(2)
    ]
    assert [each.is_new for each in outcomes] == [True, False]
    assert Message.objects.count() == 1


def test_the_id_of_somebody_elses_form_stores_a_message_of_its_own(cast: Cast) -> None:
    theirs = wrote(cast.other_patient, "Mine.").message
    assert theirs is not None
    outcome = messages.write(
        patient=cast.patient, words="Hello.", submission=theirs.pk, by=cast.as_patient, at=NOW
    )
    assert outcome.is_new
    assert outcome.message is not None
    assert outcome.message.pk != theirs.pk


def test_with_nobody_in_care_nothing_is_stored_and_danger_is_noticed_all_the_same(cast: Cast) -> None:
    end_all_care(cast)
    outcome = wrote(cast.patient, URGENT)
    assert outcome.not_sent is NotSent.NOBODY_READS
    assert outcome.notice.alert is not None
    assert not Message.objects.exists()


def test_the_cap_of_an_hour_stores_no_more_and_never_blocks_the_reading_for_danger(cast: Cast) -> None:
    for _ in range(MOST_OF_A_PATIENT):
        assert wrote(cast.patient).not_sent is None
    outcome = wrote(cast.patient, URGENT)
    assert outcome.not_sent is NotSent.TOO_MANY
    assert SafetyAlert.objects.filter(patient=cast.patient).count() == 1
    assert wrote(cast.patient, at=NOW + messages.HOUR).not_sent is None


def test_with_the_key_store_away_danger_is_noticed_and_nothing_is_stored(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(patient_ids: object) -> keys.Ring:
        raise keys.KeysUnavailable("The key store does not answer.")

    monkeypatch.setattr(keys, "ring", away)
    outcome = wrote(cast.patient, URGENT)
    assert outcome.not_sent is NotSent.NO_KEYS
    assert outcome.notice.alert is not None


def test_the_first_reader_of_the_other_side_is_kept_and_nobody_after(cast: Cast) -> None:
    message = wrote(cast.patient).message
    assert message is not None
    later = NOW + dt.timedelta(hours=2)
    assert messages.mark_read([message], patient=cast.patient, by=cast.as_patient, at=NOW) == 0
    assert messages.mark_read([message], patient=cast.patient, by=cast.treating, at=later) == 1
    message.refresh_from_db()
    assert (message.read_by, message.read_at) == (cast.treating.user, later)
    assert messages.mark_read([message], patient=cast.patient, by=cast.other_psychologist, at=later) == 0


def test_a_reading_cannot_be_changed_or_taken_back_even_in_sql(cast: Cast) -> None:
    message = written(cast.patient, cast.treating)
    messages.mark_read([message], patient=cast.patient, by=cast.as_patient, at=NOW)
    for sql in (
        "UPDATE clinic_message SET read_at = NULL, read_by_id = NULL",
        "UPDATE clinic_message SET read_at = now()",
    ):
        with pytest.raises(IntegrityError, match="read_at is set once"), transaction.atomic():
            connection.cursor().execute(sql)


def test_unread_counts_the_own_caseload_and_the_other_side_only(cast: Cast) -> None:
    wrote(cast.patient)
    wrote(cast.other_patient)
    written(cast.patient, cast.treating)
    assert cast.treating.user
    assert messages.unread_by_staff(cast.treating.user, at=NOW).count() == 1
    assert cast.patient.user
    assert messages.unread_by_patient(cast.patient.user).count() == 1


def test_pages_follow_each_other_without_a_gap_even_at_one_moment(cast: Cast) -> None:
    for _ in range(7):
        wrote(cast.patient)
    first = messages.page(cast.patient, before=None, limit=4)
    rest = messages.page(cast.patient, before=first[-1].pk, limit=4)
    assert [len(first), len(rest)] == [4, 3]
    assert len({each.pk for each in (*first, *rest)}) == 7


def test_a_psychologist_outside_the_care_team_writes_nothing(cast: Cast) -> None:
    with pytest.raises(access.NotAllowed):
        written(cast.patient, cast.other_psychologist)
    assert not Message.objects.exists()


def test_only_the_person_whose_account_it_is_counts_as_patient(cast: Cast) -> None:
    message = written(cast.patient, cast.treating)
    stranger = Actor(cast.stranger, "patient")
    assert messages.mark_read([message], patient=cast.other_patient, by=stranger, at=NOW) == 0
